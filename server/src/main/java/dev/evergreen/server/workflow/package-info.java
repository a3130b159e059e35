/// Stores workflow versions and runs, feeds the engine, performs its effects, keeps the tasks.
@NullMarked
@ApplicationModule(allowedDependencies = {"team", "platform", "platform :: web"})
package dev.evergreen.server.workflow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
