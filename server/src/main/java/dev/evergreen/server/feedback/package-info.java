/// Surveys: asked, answered, seen beside the ticket.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "channel",
      "workflow",
      "ticket",
      "customer",
      "team",
      "platform",
      "platform :: web",
      "platform :: text"
    })
package dev.evergreen.server.feedback;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
