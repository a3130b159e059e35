package dev.evergreen.server.transfer;

import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Empties the report of an import some time after it ended: who had to mend something in an export
/// has done so by then, and what was found there names people.
@Component
final class ImportForgetting implements DueReaction {
  static final String DUE = "import.forget";
  static final Duration AFTER = Duration.ofDays(30);

  private final Imports imports;

  ImportForgetting(Imports imports) {
    this.imports = imports;
  }

  @Override
  public String kind() {
    return DUE;
  }

  @Override
  public void fire(Due.Item item) {
    imports.forget(Long.parseLong(item.key()));
  }
}
