package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What can be used passes the schema for editors, and slips of the pen do not.
class SchemaTest {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(WorkflowFiles.schema(TestCatalogue.CATALOGUE));
  private static final String WORKFLOW = Grammar.WORKFLOW.example();

  static Stream<Path> usable() throws IOException {
    try (var files = Files.walk(Path.of("src/test/resources/checks"))) {
      return files.filter(SchemaTest::isUsable).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("usable")
  void usable_files_pass(Path file) {
    assertThat(problems(read(file))).isEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_can_be_written_passes(long seed) {
    var text = WorkflowFile.write(new RandomWorkflowFile(seed).make());

    assertThat(problems(text)).as(text).isEmpty();
  }

  @Test
  void a_process_passes() {
    assertThat(problems(Grammar.PROCESS.example())).isEmpty();
    assertThat(problems(Grammar.PROCESS.example().replace("goals:", "gaols:"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title: Thank/titel: Thank",
        "about: ticket/about: tiket",
        "run: ticket.close/run: ticket.closed",
        "outcome: thanked/outcom: thanked",
        "within: 1 business day/within: 1 busy day",
        "by: team frontline/by: frontline",
        "on: ticket.opened/on: ticket.open",
        "  - do: Thank/  - du: Thank",
      })
  void a_slip_of_the_pen_does_not(String slip) {
    var change = slip.split("/");
    assertThat(WORKFLOW).contains(change[0]);

    assertThat(problems(WORKFLOW.replace(change[0], change[1]))).isNotEmpty();
  }

  private static List<String> problems(String text) {
    return SCHEMA.validate(text, InputFormat.YAML).stream().map(Object::toString).toList();
  }

  private static boolean isUsable(Path file) {
    return file.toString().endsWith(".yaml")
        && WorkflowFiles.read("file", read(file), TestCatalogue.CATALOGUE).isUsable();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
