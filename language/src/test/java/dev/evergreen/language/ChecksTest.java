package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every file in `checks` says exactly what the text beside it says; `expected` is what the command
/// line prints. A new case is two new files.
class ChecksTest {
  private static final Path CASES = Path.of("src/test/resources/checks");
  private static final Path ACTUAL = Path.of("target/checks");

  static Stream<String> cases() throws IOException {
    try (var files = Files.list(CASES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void every_message_is_exact(String name) throws IOException {
    var text = Files.readString(CASES.resolve(name));

    var checked = WorkflowFiles.read(name, text, TestCatalogue.CATALOGUE);

    var actual = report(checked, text);
    Files.createDirectories(ACTUAL);
    Files.writeString(ACTUAL.resolve(expectation(name)), actual);
    assertThat(actual).isEqualTo(read(CASES.resolve(expectation(name))));
    assertThat(checked.isUsable())
        .isEqualTo(
            checked.findings().stream().noneMatch(it -> it.severity() == Finding.Severity.ERROR));
  }

  private static String report(Checked checked, String text) {
    return checked.findings().stream()
        .map(finding -> Report.of(finding, text))
        .collect(Collectors.joining());
  }

  private static String expectation(String name) {
    return name.replace(".yaml", ".expected");
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
