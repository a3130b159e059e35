package dev.evergreen.server.transfer;

import java.io.IOException;
import java.util.function.Consumer;

/// An export that was given, ready to be read from its beginning. Holds one ticket at a time.
public interface Source extends AutoCloseable {
  /// Gives every ticket in it to the taker, and everything that does not fit to the findings.
  void read(Consumer<ForeignTicket> taker, Consumer<Finding> findings) throws IOException;

  @Override
  default void close() {}
}
