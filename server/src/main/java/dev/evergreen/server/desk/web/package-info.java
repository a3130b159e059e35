/// The desk's pages: routes, page models, live updates.
@NullMarked
package dev.evergreen.server.desk.web;

import org.jspecify.annotations.NullMarked;
