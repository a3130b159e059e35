/// Search over everything on tickets that an agent may see.
@NullMarked
@NamedInterface("search")
package dev.evergreen.server.ticket.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
