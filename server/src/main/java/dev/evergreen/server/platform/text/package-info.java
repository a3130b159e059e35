/// What people read, in their language. The program speaks English everywhere; pages say it again
/// in the language of whoever reads them, from the message files under `messages`.
@NullMarked
@NamedInterface("text")
package dev.evergreen.server.platform.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
