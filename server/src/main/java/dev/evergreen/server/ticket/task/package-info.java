/// What teams and colleagues are asked to do on tickets, beside the steps of workflows.
@NullMarked
@NamedInterface("task")
package dev.evergreen.server.ticket.task;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
