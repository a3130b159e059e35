/// PostgreSQL as part of the product: the binaries, the cluster in the data folder, and the
/// supervisor that starts it, watches it and stops it cleanly however the program ends.
@NullMarked
package dev.evergreen.server.platform.postgres;

import org.jspecify.annotations.NullMarked;
