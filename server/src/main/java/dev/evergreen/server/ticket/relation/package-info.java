/// Tickets that hang together: links, merges and splits.
@NullMarked
@NamedInterface("relation")
package dev.evergreen.server.ticket.relation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
