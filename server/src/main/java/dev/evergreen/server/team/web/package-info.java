/// Signing in and out, the first visit, invitations, the settings of the team.
@NullMarked
package dev.evergreen.server.team.web;

import org.jspecify.annotations.NullMarked;
