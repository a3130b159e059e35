/// Measurements that anyone can run: each rate or time beside a peer or a limit of the same run.
@NullMarked
package dev.evergreen.bench;

import org.jspecify.annotations.NullMarked;
