/// Asking a colleague before the customer is answered, and handing tickets over.
@NullMarked
@NamedInterface("consulting")
package dev.evergreen.server.ticket.consulting;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
