package dev.evergreen.server.platform;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Rows that a transaction has read or written, so that its later steps need not read them again. A
/// transaction sees its own changes because whoever writes a row puts it here; others' changes of a
/// row that it has not locked may show late, as in any reading that lasts.
public final class Remembered<K, V> {
  private record Row<V>(V value, boolean locked) {}

  private final PerTransaction<Map<K, Row<V>>> rows =
      PerTransaction.kept(HashMap::new, Map::clear); // locks taken since the savepoint are gone

  /// The row as this transaction knows it, else as it is read now.
  public Optional<V> get(K key, Supplier<Optional<V>> read) {
    if (!PerTransaction.isPossible()) {
      return read.get();
    }
    Row<V> known = rows.get().get(key);
    if (known != null) {
      return Optional.of(known.value());
    }
    Optional<V> found = read.get();
    found.ifPresent(value -> rows.get().put(key, new Row<>(value, false)));
    return found;
  }

  /// The row as it has just been read by other means.
  public void keep(K key, V value) {
    if (PerTransaction.isPossible()) {
      rows.get().putIfAbsent(key, new Row<>(value, false));
    }
  }

  /// The row under its lock, which the transaction holds until it ends.
  public Optional<V> locked(K key, Supplier<Optional<V>> lock) {
    Row<V> known = PerTransaction.isPossible() ? rows.get().get(key) : null;
    if (known != null && known.locked()) {
      return Optional.of(known.value());
    }
    Optional<V> found = lock.get();
    found.ifPresent(value -> wrote(key, value));
    return found;
  }

  /// The row as this transaction has just written it, which locked it.
  public void wrote(K key, V value) {
    if (PerTransaction.isPossible()) {
      rows.get().put(key, new Row<>(value, true));
    }
  }

  /// What was known of the row is no longer so.
  public void forget(K key) {
    Map<K, Row<V>> known = rows.ifThere();
    if (known != null) {
      known.remove(key);
    }
  }
}
