package dev.evergreen.server.platform.postgres;

import dev.evergreen.server.platform.PostgresFailure;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Runs the few small programs that the supervisor needs.
final class Shell {
  record Result(int status, String output) {}

  private Shell() {}

  /// Where a program is, looking in the usual places too: a service's PATH is often short.
  static Optional<Path> find(String program) {
    Stream<String> path =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
    return Stream.concat(path, Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin"))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Runs a command to its end, with output and errors together.
  static Result run(Path folder, List<String> command) {
    try {
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.redirectErrorStream(true).environment().put("LC_ALL", "C");
      Process process = builder.start();
      process.getOutputStream().close();
      try (InputStream output = process.getInputStream()) {
        String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), text);
      }
    } catch (IOException e) {
      throw new PostgresFailure(
          "Expected to be able to run %s, but: %s.".formatted(command.getFirst(), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresFailure("Interrupted while running " + command.getFirst() + ".", e);
    }
  }
}
