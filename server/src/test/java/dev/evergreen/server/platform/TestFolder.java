package dev.evergreen.server.platform;

import java.nio.file.Path;

/// Folders below `target` that tests of one JVM share, and those of another JVM of the same build
/// do not: two run side by side.
public final class TestFolder {
  private static final String FORK = System.getProperty("evergreen.fork", "1");

  private TestFolder() {}

  /// Later runs find in it what this one left.
  public static Path of(String name) {
    return Path.of("target", FORK.equals("1") ? name : name + "-" + FORK).toAbsolutePath();
  }
}
