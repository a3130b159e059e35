@NullMarked
package dev.evergreen.server.team.provider;

import org.jspecify.annotations.NullMarked;
