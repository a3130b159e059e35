package dev.evergreen.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.language.Catalogue;
import dev.evergreen.language.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The page of what workflow files can name says what the modules offer.
class ActionsPageTest {
  private static final Path PAGE = Path.of("../docs/actions.md");

  @Test
  void the_page_is_up_to_date() throws IOException {
    var page = Reference.names(Catalogue.load());

    Files.writeString(Path.of("target/actions.md"), page);
    assertThat(Files.readString(PAGE))
        .as("docs/actions.md; the page as it should be is in server/target")
        .isEqualTo(page);
  }
}
