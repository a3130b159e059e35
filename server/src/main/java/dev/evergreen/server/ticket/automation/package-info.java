/// Tickets as workflows see them: their facts, and what workflows can have done to them.
@NullMarked
package dev.evergreen.server.ticket.automation;

import org.jspecify.annotations.NullMarked;
