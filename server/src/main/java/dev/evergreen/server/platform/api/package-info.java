/// The kit of the API: one shape of pages, of cursors and of refusals, and calls that may be sent
/// twice.
@NullMarked
@NamedInterface("api")
package dev.evergreen.server.platform.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
