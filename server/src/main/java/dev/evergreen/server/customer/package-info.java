/// People who ask, their addresses, and the organizations they belong to.
@NullMarked
@ApplicationModule(
    allowedDependencies = {"team", "platform", "platform :: web", "platform :: field"})
package dev.evergreen.server.customer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
