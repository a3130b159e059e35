package dev.evergreen.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static final Path PAGE = Path.of("..", "docs", "lifecycle.md");

  @Test
  void the_page_shows_the_diagrams_of_the_code() throws IOException {
    String expected =
        """
        # The life of a run

        Drawn from `Lifecycle` in the engine; a test compares. What is not drawn cannot happen: applying an
        event that these diagrams do not allow is an error.

        ## The run as a whole

        ```mermaid
        %s```

        ## One visit of one step

        A visit has a number, its activation. `NOT_OPEN` is before it begins and after it is over; the end of a run
        also ends the rounds and faults that are open.

        ```mermaid
        %s```
        """
            .formatted(Lifecycle.RUN.toMermaid(), Lifecycle.ACTIVATION.toMermaid());

    // To write the page anew: mvn -pl engine test -Dtest=LifecycleTest -Dwrite
    if (System.getProperty("write") != null) {
      Files.writeString(PAGE, expected);
    }

    assertThat(PAGE).hasContent(expected);
  }

  @Test
  void transitions_that_were_not_taken_are_listed() {
    var taken = Lifecycle.RUN.transitions().subList(1, Lifecycle.RUN.transitions().size());

    assertThat(Lifecycle.RUN.missingFrom(taken)).hasToString("[NEW --RunStarted--> RUNNING]");
    assertThat(Lifecycle.RUN.missingFrom(List.of())).isEqualTo(Lifecycle.RUN.transitions());
  }
}
