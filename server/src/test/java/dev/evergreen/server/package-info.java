/// Tests of the product as a whole: its structure, its journeys, its promises under faults.
@NullMarked
package dev.evergreen.server;

import org.jspecify.annotations.NullMarked;
