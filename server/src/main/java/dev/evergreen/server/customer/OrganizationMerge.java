package dev.evergreen.server.customer;

import java.time.Instant;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Two records of one organization that were made one.
///
/// @param source the record that went into the other
/// @param undoneAt null while it stands
public record OrganizationMerge(
    long id,
    OrganizationId source,
    OrganizationId target,
    String sourceName,
    Moved moved,
    Done done,
    @Nullable Instant undoneAt) {

  /// When it was done, and by whom.
  public record Done(Instant at, String by) {}

  /// How much went along.
  public record Moved(int people, int domains, int segments) {
    /// `12 people and 1 domain`.
    public String words() {
      var words = new StringJoiner(", ");
      words.setEmptyValue("nothing but its name");
      add(words, people, "person", "people");
      add(words, domains, "domain", "domains");
      add(words, segments, "segment", "segments");
      return words.toString();
    }

    private static void add(StringJoiner words, int count, String one, String many) {
      if (count > 0) {
        words.add(count + " " + (count == 1 ? one : many));
      }
    }
  }
}
