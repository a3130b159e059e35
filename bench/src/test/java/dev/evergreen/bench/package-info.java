@NullMarked
package dev.evergreen.bench;

import org.jspecify.annotations.NullMarked;
