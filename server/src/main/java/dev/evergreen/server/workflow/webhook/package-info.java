/// Other programs that are told of events: whom, of what, and what became of each telling.
@NullMarked
@NamedInterface("webhook")
package dev.evergreen.server.workflow.webhook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
