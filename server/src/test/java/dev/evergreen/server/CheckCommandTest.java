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
        .contains("wrong.yaml:33:10: error: found unknown action `ticket.updat`")
        .contains("did you mean `ticket.update`?");
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
