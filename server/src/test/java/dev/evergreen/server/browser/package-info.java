/// Journeys through the pages in a real browser. Few on purpose: they prove that the parts meet.
@NullMarked
package dev.evergreen.server.browser;

import org.jspecify.annotations.NullMarked;
