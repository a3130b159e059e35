/// The screens that span modules: lists, the ticket with everything beside it.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "feedback",
      "channel",
      "workflow",
      "workflow :: web",
      "workflow :: webhook",
      "ticket",
      "ticket :: bulk",
      "ticket :: composing",
      "ticket :: consulting",
      "ticket :: notification",
      "ticket :: relation",
      "ticket :: retention",
      "ticket :: search",
      "ticket :: side",
      "ticket :: task",
      "ticket :: view",
      "customer",
      "team",
      "platform",
      "platform :: field",
      "platform :: text",
      "platform :: web",
      "platform :: api"
    })
package dev.evergreen.server.desk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
