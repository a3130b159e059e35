/// What every part stands on and no business word in it: ledger, due times, clock, database, files,
/// page kit.
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.evergreen.server.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
