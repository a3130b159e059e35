package dev.evergreen.server.platform;

/// Whoever keeps what a transaction has to write until its end, to write it in one go.
public interface LateWrites {
  /// Writes what is kept now. Called before the commit, and earlier by whoever has to read it.
  void flush();
}
