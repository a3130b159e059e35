/// Tickets, messages, notes, the timeline, drafts and canned responses.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "customer",
      "team",
      "platform",
      "platform :: api",
      "platform :: field",
      "platform :: web"
    })
package dev.evergreen.server.ticket;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
