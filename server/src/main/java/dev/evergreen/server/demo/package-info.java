/// A believable small company whose history comes in by the front door.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "desk",
      "feedback",
      "channel",
      "workflow",
      "ticket",
      "customer",
      "team",
      "platform",
      "platform :: field",
      "platform :: web"
    })
package dev.evergreen.server.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
