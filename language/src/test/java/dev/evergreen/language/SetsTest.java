package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The files of every folder in `sets`, read together, say exactly what `expected.txt` beside them
/// says. A new case is a new folder.
class SetsTest {
  private static final Path CASES = Path.of("src/test/resources/sets");
  private static final Path ACTUAL = Path.of("target/sets");

  static Stream<String> cases() throws IOException {
    try (var folders = Files.list(CASES)) {
      return folders.map(it -> it.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void every_message_is_exact(String name) throws IOException {
    var sources = sources(CASES.resolve(name));

    var all = WorkflowFiles.read(sources, TestCatalogue.CATALOGUE, WorkflowFiles.Known.NOTHING);

    var actual = new StringBuilder();
    for (int i = 0; i < sources.size(); i++) {
      for (var finding : all.get(i).findings()) {
        actual.append(Report.of(finding, sources.get(i).text()));
      }
    }
    Files.createDirectories(ACTUAL);
    Files.writeString(ACTUAL.resolve(name + ".txt"), actual);
    assertThat(actual.toString())
        .isEqualTo(Files.readString(CASES.resolve(name).resolve("expected.txt")));
  }

  private static List<WorkflowFiles.Source> sources(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(SetsTest::source)
          .toList();
    }
  }

  private static WorkflowFiles.Source source(Path file) {
    try {
      return new WorkflowFiles.Source(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
