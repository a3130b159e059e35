package dev.evergreen.server.ticket;

/// Which part of a conversation is wanted, by the ids of ledger entries: from `since` on up to, and
/// without, `before`.
public record Stretch(long since, long before) {
  public static final Stretch NEWEST = new Stretch(0, Long.MAX_VALUE);

  /// What came just before an entry.
  public static Stretch before(long entry) {
    return new Stretch(0, entry);
  }

  /// An entry and everything after it.
  public static Stretch since(long entry) {
    return new Stretch(entry, Long.MAX_VALUE);
  }

  /// Ends where the present begins; else it ends where another stretch begins.
  public boolean isUpToNow() {
    return before == Long.MAX_VALUE;
  }
}
