/// The same change of many tickets at once.
@NullMarked
@NamedInterface("bulk")
package dev.evergreen.server.ticket.bulk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
