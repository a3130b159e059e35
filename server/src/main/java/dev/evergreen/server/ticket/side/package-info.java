/// Conversations by mail with partners and other departments, beside the one with the customer.
@NullMarked
@NamedInterface("side")
package dev.evergreen.server.ticket.side;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
