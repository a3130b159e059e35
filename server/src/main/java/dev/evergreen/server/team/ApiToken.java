package dev.evergreen.server.team;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A secret by which a program acts for an agent, as its owner sees it in a list.
///
/// @param usedAt about when it was last used; null when never
public record ApiToken(
    ApiTokenId id,
    String name,
    Set<Scope> scopes,
    Instant madeAt,
    @Nullable Instant usedAt,
    Instant expiresAt) {
  public ApiToken {
    scopes = Set.copyOf(scopes);
  }

  public record ApiTokenId(long value) {}

  /// What a program may do. It never may more than the agent it acts for.
  public enum Scope {
    READ("Read", "look at what you may see"),
    WRITE("Write", "do what you may do"),
    /// Without it, the program of somebody who administers may all that they may but that.
    ADMINISTER("Administer", "also what only administrators may");

    private final String label;
    private final String about;

    Scope(String label, String about) {
      this.label = label;
      this.about = about;
    }

    public String label() {
      return label;
    }

    public String about() {
      return about;
    }
  }
}
