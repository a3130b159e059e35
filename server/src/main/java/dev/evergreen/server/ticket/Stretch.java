package dev.evergreen.server.ticket;

/// Which part of a conversation is wanted, by the ids of ledger entries: from `since` on up to, and
/// without, `before`. What was taken over from another program has ids below zero.
public record Stretch(long since, long before) {
  public static final Stretch NEWEST = new Stretch(Long.MIN_VALUE, Long.MAX_VALUE);

  /// From its beginning, as far as a page can hold it.
  public static final Stretch WHOLE = new Stretch(Long.MIN_VALUE + 1, Long.MAX_VALUE);

  /// What came just before an entry.
  public static Stretch before(long entry) {
    return new Stretch(Long.MIN_VALUE, entry);
  }

  /// An entry and everything after it.
  public static Stretch since(long entry) {
    return new Stretch(entry, Long.MAX_VALUE);
  }

  /// Ends where the present begins; else it ends where another stretch begins.
  public boolean isUpToNow() {
    return before == Long.MAX_VALUE;
  }

  /// Whether it is said from where on.
  boolean hasBeginning() {
    return since != Long.MIN_VALUE;
  }
}
