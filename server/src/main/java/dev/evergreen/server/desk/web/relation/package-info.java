/// Merging, splitting and linking tickets.
@NullMarked
package dev.evergreen.server.desk.web.relation;

import org.jspecify.annotations.NullMarked;
