package dev.evergreen.server.team;

import java.util.List;

/// Paths that a module serves to people who are not signed in, for example `/survey/**`. What is
/// not named by any component of this type leads to the sign-in page.
public interface PublicPaths {
  List<String> patterns();

  /// How the paths begin that customers get links to, up to what is secret in them: `/survey/`.
  default List<String> customersOwn() {
    return List.of();
  }
}
