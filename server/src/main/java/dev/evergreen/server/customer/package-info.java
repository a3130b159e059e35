/// People who ask, their addresses, and the organizations they belong to.
@NullMarked
@ApplicationModule(allowedDependencies = {"team", "platform", "platform :: web"})
package dev.evergreen.server.customer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
