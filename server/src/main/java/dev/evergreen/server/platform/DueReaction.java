package dev.evergreen.server.platform;

import java.util.List;

/// What is done when a due time of one kind has come. Fired inside the transaction that removes the
/// item: what the reaction writes is there if and only if the item is gone. A reaction that throws
/// is rolled back alone and tried again later; after the last try the item is kept as a fault.
public interface DueReaction {
  /// The kind of items this reaction fires, for example `workflow.timer`. One reaction per kind.
  String kind();

  void fire(Due.Item item);

  /// Fires what one transaction has claimed together: for reactions that can save trips so.
  default void fire(List<Due.Item> items) {
    items.forEach(this::fire);
  }
}
