/// What becomes of a customer's words on a closed ticket, by the policy of its team.
@NullMarked
@NamedInterface("reopening")
package dev.evergreen.server.ticket.reopening;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
