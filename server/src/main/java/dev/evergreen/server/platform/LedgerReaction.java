package dev.evergreen.server.platform;

import java.util.List;

/// An exclusive reader of the ledger: every Spring component of this type sees each entry that it
/// wants exactly once over all nodes, in order per subject, inside the transaction that moves its
/// position. So whatever the reaction writes is there if and only if the entry counts as read. A
/// reaction that throws is rolled back alone and kept in `ledger_fault`; the others go on.
public interface LedgerReaction {
  /// The reader's lasting name, for example `workflow.triggers`: its position is stored under it.
  String name();

  /// Whether entries of this kind are shown to this reader; asked before the entry is loaded.
  boolean wants(String kind);

  /// Reacts inside the reader's transaction. Must touch nothing outside the database.
  void react(Ledger.Entry entry);

  /// Reacts to what one transaction has read together: for reactions that can save trips so. In the
  /// order of their ids.
  default void react(List<Ledger.Entry> entries) {
    entries.forEach(this::react);
  }
}
