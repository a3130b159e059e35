package dev.evergreen.server.platform.postgres;

import java.nio.file.Path;

/// A program of its own that starts the database of a folder, says so, and waits to be killed.
final class HeldDatabase {
  private HeldDatabase() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedPostgres server =
        EmbeddedPostgres.start(Path.of(arguments[0]), words -> System.out.println(words));
    System.out.println("ready " + server.url());
    Thread.sleep(600_000);
  }
}
