/// Signing in by passkeys (Web Authentication): keys that devices keep, where there is nothing to
/// type and nothing to steal. The checks are Spring Security's and webauthn4j's, of which nothing
/// is loaded before somebody has or makes one.
@NullMarked
package dev.evergreen.server.team.passkey;

import org.jspecify.annotations.NullMarked;
