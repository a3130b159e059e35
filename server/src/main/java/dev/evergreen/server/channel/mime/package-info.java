/// Reading and writing mail as a format: no database, no network, no ticket. Whatever the bytes
/// are, reading ends in bounded time and memory, with a mail or with a refusal that says why.
@NullMarked
@NamedInterface("mime")
package dev.evergreen.server.channel.mime;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
