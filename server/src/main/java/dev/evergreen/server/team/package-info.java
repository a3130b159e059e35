/// Agents, teams, roles and sign-in.
@NullMarked
@ApplicationModule(allowedDependencies = {"platform", "platform :: web", "platform :: text"})
package dev.evergreen.server.team;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
