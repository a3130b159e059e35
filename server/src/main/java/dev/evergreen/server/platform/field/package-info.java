/// Fields that an administrator defines for one kind of subject: what they hold, how what is typed
/// is read, how it is shown. It knows no subject by name; whoever owns one keeps the values.
@NullMarked
@NamedInterface("field")
package dev.evergreen.server.platform.field;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
