package dev.evergreen.server.team;

import java.util.List;

/// Paths that a module serves to people who are not signed in, for example `/survey/**`. What is
/// not named by any component of this type leads to the sign-in page.
public interface PublicPaths {
  List<String> patterns();
}
