package dev.evergreen.server.platform;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// The one append-only record of everything that happened, written in the transaction that makes it
/// true. Audit, live pages, workflow triggers and figures all read it; nothing is called inline.
@Component
public final class Ledger {
  /// One thing that happened. Ids rise, but a lower id may commit later: readers wait for gaps.
  public record Entry(
      long id,
      Subject subject,
      long revision,
      String kind,
      Actor by,
      Instant at,
      Map<String, Object> data) {
    public Entry {
      data = Map.copyOf(data);
    }
  }

  /// Writes an entry in the caller's transaction. The revision is the subject's, taken under its
  /// row lock; data holds ids and short values, never texts, and no nulls.
  public Entry append(
      Subject subject, long revision, String kind, Actor by, Map<String, Object> data) {
    throw new UnsupportedOperationException();
  }

  /// What happened to a subject, oldest first, at most the newest `limit` entries.
  public List<Entry> of(Subject subject, int limit) {
    throw new UnsupportedOperationException();
  }
}
