package dev.evergreen.server.workflow.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.language.Catalogue;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowFiles;
import dev.evergreen.language.bpmn.Bpmn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NewTextTest {
  private static final Path SHIPPED = Path.of("src/main/resources/workflows/issue-resolution.yaml");

  @Test
  void a_workflow_comes_back_from_a_model_of_it() throws IOException {
    var file = read(Files.readString(SHIPPED));

    var model = Bpmn.read(Bpmn.write(file.definition())).definition();
    var text = NewText.ofModel(Objects.requireNonNull(model)).text();

    var again = read(text);
    assertThat(again.definition().name()).isEqualTo("issue-resolution");
    assertThat(Bpmn.write(again.definition())).isEqualTo(Bpmn.write(file.definition()));
  }

  private static WorkflowFile read(String text) {
    var checked = WorkflowFiles.read("file", text, Catalogue.load());
    return Objects.requireNonNull(checked.workflow(), checked.findings()::toString);
  }
}
