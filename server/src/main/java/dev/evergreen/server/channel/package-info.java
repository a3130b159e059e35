/// Ways to talk: mail in and out, the outbox, the quarantine.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "workflow",
      "ticket",
      "ticket :: bulk",
      "ticket :: composing",
      "ticket :: relation",
      "ticket :: reopening",
      "ticket :: side",
      "customer",
      "team",
      "platform",
      "platform :: web",
      "platform :: text"
    })
package dev.evergreen.server.channel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
