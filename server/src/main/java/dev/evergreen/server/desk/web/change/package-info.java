/// Changes of a ticket that are made where it stands, each with its way back.
@NullMarked
package dev.evergreen.server.desk.web.change;

import org.jspecify.annotations.NullMarked;
