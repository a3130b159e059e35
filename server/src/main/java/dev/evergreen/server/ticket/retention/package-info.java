/// How long tickets are kept: the archive, the rules of retention, and what erasing a person means
/// for tickets.
@NullMarked
@NamedInterface("retention")
package dev.evergreen.server.ticket.retention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
