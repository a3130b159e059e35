/// Drives the engine by hand, for tests of whatever rests on it.
@NullMarked
package dev.evergreen.engine.testing;

import org.jspecify.annotations.NullMarked;
