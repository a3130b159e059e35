/// Signing in and out, the first visit, links to set a password, the settings of the team.
@NullMarked
package dev.evergreen.server.team.web;

import org.jspecify.annotations.NullMarked;
