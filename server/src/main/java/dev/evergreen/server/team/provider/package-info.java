/// Signing in by a provider of identities (OpenID Connect): people prove elsewhere who they are.
/// Built on Spring Security's client, of which nothing is loaded before somebody comes that way.
@NullMarked
package dev.evergreen.server.team.provider;

import org.jspecify.annotations.NullMarked;
