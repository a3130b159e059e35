package dev.evergreen.server.platform;

import org.springframework.stereotype.Component;

/// Named random keys, for example `reply-token`: made when first asked for, kept in the database
/// encrypted by a key that is not in the database.
@Component
public final class Secrets {
  /// The 32 bytes of the named key, the same on every node and after every restart.
  public byte[] key(String name) {
    throw new UnsupportedOperationException();
  }
}
