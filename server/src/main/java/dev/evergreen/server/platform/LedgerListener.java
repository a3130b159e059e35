package dev.evergreen.server.platform;

/// A reader per node (live pages, caches): every Spring component of this type sees each entry that
/// commits while the node runs, after the commit, in order per subject. It keeps no position: what
/// happened before the node started is not shown.
public interface LedgerListener {
  /// Called on the node's reading thread; must return quickly and may throw without harm to others.
  void seen(Ledger.Entry entry);
}
