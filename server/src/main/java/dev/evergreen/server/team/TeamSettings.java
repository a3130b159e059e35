package dev.evergreen.server.team;

import dev.evergreen.server.platform.SettingsTable;
import java.util.List;
import org.springframework.stereotype.Component;

/// Changes of the ways in are in the audit log. What roles say has entries of its own.
@Component
final class TeamSettings implements SettingsTable.Named {
  @Override
  public List<SettingsTable> tables() {
    return List.of(
        SettingsTable.of("sign_in_provider", "way to sign in", "name")
            .without("id", "secret", "configuration", "looked_at"));
  }
}
