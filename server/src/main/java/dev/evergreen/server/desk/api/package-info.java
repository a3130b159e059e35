/// What the desk does, for programs: version 1 of the API, in JSON.
@NullMarked
package dev.evergreen.server.desk.api;

import org.jspecify.annotations.NullMarked;
