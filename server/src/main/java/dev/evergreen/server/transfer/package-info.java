/// Imports: tickets of other programs taken over with their whole past; and the export of
/// everything.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "channel",
      "channel :: mime",
      "ticket",
      "ticket :: past",
      "ticket :: retention",
      "customer",
      "team",
      "platform",
      "platform :: field",
      "platform :: web"
    })
package dev.evergreen.server.transfer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
