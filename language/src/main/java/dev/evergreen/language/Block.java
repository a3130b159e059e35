package dev.evergreen.language;

import java.util.List;
import java.util.Optional;

/// One kind of block in a file: its keys in the order in which people write them.
///
/// @param name how the reference calls it; of a step, its first key
/// @param what how messages call it: `a wait step`
/// @param example a whole block, as it stands in a file
record Block(String name, String what, String meaning, List<Key> keys, String example) {
  Block {
    keys = List.copyOf(keys);
  }

  /// @param open whether the author writes the rest of the key: `when <condition>`
  record Key(
      String name, Form form, boolean required, boolean open, String meaning, String example) {

    static Key must(String name, Form form, String meaning, String example) {
      return new Key(name, form, true, false, meaning, example);
    }

    static Key may(String name, Form form, String meaning, String example) {
      return new Key(name, form, false, false, meaning, example);
    }

    static Key open(String name, Form form, String meaning, String example) {
      return new Key(name, form, false, true, meaning, example);
    }

    boolean matches(String written) {
      return open ? written.startsWith(start()) : written.equals(name);
    }

    /// What an open key begins with, the blank included.
    String start() {
      return open ? name.substring(0, name.indexOf('<')) : name;
    }
  }

  Optional<Key> key(String written) {
    return keys.stream().filter(key -> key.matches(written)).findFirst();
  }

  List<String> names() {
    return keys.stream().map(Key::name).toList();
  }
}
