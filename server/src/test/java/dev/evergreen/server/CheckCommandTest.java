package dev.evergreen.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
  private static final Path SHIPPED =
      Path.of("src", "main", "resources", "workflows", "issue-resolution.yaml");

  private final StringWriter said = new StringWriter();

  @Test
  void the_shipped_workflow_has_nothing_wrong() {
    assertThat(run("check", SHIPPED.toString())).isZero();

    assertThat(said.toString()).contains("no problem found");
  }

  @Test
  void an_error_is_shown_with_its_place_and_remedy(@TempDir Path folder) throws IOException {
    var file =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            Files.readString(SHIPPED).replace("run: ticket.update", "run: ticket.updat"));

    assertThat(run("check", file.toString())).isEqualTo(1);

    assertThat(said.toString())
        .contains("wrong.yaml:49:10: error: found unknown action `ticket.updat`")
        .contains("did you mean `ticket.update`?");
  }

  @Test
  void a_process_that_nobody_describes_is_a_warning(@TempDir Path folder) throws IOException {
    var file =
        Files.writeString(
            folder.resolve("served.yaml"),
            Files.readString(SHIPPED).replace("process: support", "process: suport"));

    assertThat(run("check", file.toString())).isZero();

    assertThat(said.toString())
        .contains("warning: found the process `suport`, which no file describes")
        .contains("`complaints`, `operations`, `protection`, `relations` or `support`");
  }

  @Test
  void json_is_one_finding_a_line_in_a_fixed_order(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("empty.yaml"), "workflow: x\n");

    assertThat(run("check", "--json", file.toString())).isEqualTo(1);

    assertThat(said.toString().lines())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("{\"severity\":\"error\",\"file\":"));
  }

  @Test
  void files_may_call_each_other_and_what_comes_with_the_program(@TempDir Path folder)
      throws IOException {
    var caller =
        Files.writeString(
            folder.resolve("caller.yaml"),
            """
            workflow: caller
            title: Call two others
            about: ticket
            purpose: Shows calls.
            owner: support
            start: by hand
            steps:
              - call: called
              - call: issue-resolution
              - call: caled
            """);
    var called =
        Files.writeString(
            folder.resolve("called.yaml"),
            Files.readString(SHIPPED).replace("workflow: issue-resolution", "workflow: called"));

    assertThat(run("check", caller.toString(), called.toString())).isEqualTo(1);

    assertThat(said.toString())
        .contains("caller.yaml:10:11: error: found unknown workflow `caled`")
        .contains("caller.yaml: 1 error, 0 warnings")
        .contains("called.yaml: no problem found");
  }

  @Test
  void the_schema_for_editors_knows_the_program_s_names() {
    assertThat(run("check", "--schema")).isZero();

    assertThat(said.toString()).startsWith("{").contains("\"message.send\"", "\"ticket.opened\"");
  }

  @Test
  void without_a_file_there_is_nothing_to_check() {
    assertThat(run("check")).isEqualTo(2);

    assertThat(said.toString()).contains("expected a file to check");
  }

  @Test
  void a_file_that_is_not_there_is_named(@TempDir Path folder) {
    var missing = folder.resolve("missing.yaml");

    assertThat(run("check", missing.toString())).isEqualTo(2);

    assertThat(said.toString()).contains("missing.yaml");
  }

  private int run(String... arguments) {
    var writer = new PrintWriter(said, true);
    return new CommandLine(new Evergreen()).setOut(writer).setErr(writer).execute(arguments);
  }
}
