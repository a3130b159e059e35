package dev.evergreen.server.faults;

import dev.evergreen.server.platform.TestDatabase;
import dev.evergreen.server.platform.TestFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The program that nodes are processes of: the classes under test, packed as jars, with their
/// start remembered by the JDK (an AOT cache) like that of the built program. A start costs half as
/// much with it, and the fault tests start nodes by the dozen.
///
/// It lies in `target` and is made anew when a class or a library has changed.
final class Program {
  private static final Path FOLDER = TestFolder.of("node");
  private static final Path MEMORY = FOLDER.resolve("start.aot");

  /// Where the tests' own database keeps PostgreSQL unpacked: copying that is quicker.
  private static final Path POSTGRES = Path.of("target", "test-database-1", "postgres");

  private static final Path MADE_OF = FOLDER.resolve("made-of");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final class Made {
    static final String CLASS_PATH = make();
  }

  private Program() {}

  /// The command that starts it; options of `evergreen serve` may follow.
  static List<String> command() {
    return command(Made.CLASS_PATH, "-XX:AOTCache=" + MEMORY);
  }

  private static List<String> command(String classPath, String memory) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Devergreen.postgres-programs=" + POSTGRES.toAbsolutePath());
    command.addAll(List.of("-Xlog:aot=off", "-Xlog:cds=off", memory));
    command.addAll(List.of("-cp", classPath, "dev.evergreen.server.Evergreen", "serve"));
    return command;
  }

  private static String make() {
    try {
      Files.createDirectories(FOLDER);
      var sources =
          Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
              .map(Path::of)
              .filter(it -> !it.endsWith("test-classes"))
              .toList();
      String madeOf = madeOf(sources);
      boolean isFresh = Files.exists(MADE_OF) && Files.readString(MADE_OF).equals(madeOf);
      if (!isFresh) {
        Files.deleteIfExists(MADE_OF);
      }
      var jars = new ArrayList<String>();
      for (Path source : sources) {
        jars.add((Files.isDirectory(source) ? packed(source, isFresh) : source).toString());
      }
      var classPath = String.join(File.pathSeparator, jars);
      if (!isFresh) {
        rehearse(classPath);
        Files.writeString(MADE_OF, madeOf);
      }
      return classPath;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("expected to wait in peace", e);
    }
  }

  /// Every file with its size and time.
  private static String madeOf(List<Path> sources) throws IOException {
    var lines = new StringBuilder();
    for (Path source : sources) {
      try (var files = Files.walk(source)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          lines.append(
              "%s %d %s%n".formatted(file, Files.size(file), Files.getLastModifiedTime(file)));
        }
      }
    }
    return lines.toString();
  }

  /// The JDK remembers classes from jars only.
  private static Path packed(Path classes, boolean isFresh) throws IOException {
    Path path = classes.toAbsolutePath(); // MODULE/target/classes
    Path jar = FOLDER.resolve(path.getName(path.getNameCount() - 3) + ".jar");
    if (isFresh) {
      return jar;
    }
    Files.deleteIfExists(jar);
    try (var archive = FileSystems.newFileSystem(jar, Map.of("create", "true"));
        var files = Files.walk(classes)) {
      for (Path file : files.skip(1).toList()) {
        Files.copy(file, archive.getPath("/" + classes.relativize(file)));
      }
    }
    return jar;
  }

  /// A start and some work, so that what both need is remembered.
  private static void rehearse(String classPath) throws IOException, InterruptedException {
    var log = FOLDER.resolve("rehearsal.log");
    var command = new ArrayList<>(command(classPath, "-XX:AOTCacheOutput=" + MEMORY));
    command.addAll(List.of("--rehearse", "--demo", "--demo-tickets", "10"));
    command.addAll(List.of("--port", "0", "--mail-in", "127.0.0.1:0"));
    command.addAll(List.of("--data", FOLDER.resolve("keys").toString()));
    command.addAll(List.of("--database-url", TestDatabase.create().url()));
    var rehearsal =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!rehearsal.waitFor(PATIENCE) || rehearsal.exitValue() != 0) {
      rehearsal.destroyForcibly();
      throw new IllegalStateException(
          "expected the program to rehearse, but:\n" + Files.readString(log));
    }
  }
}
