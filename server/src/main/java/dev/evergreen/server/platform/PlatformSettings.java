package dev.evergreen.server.platform;

import java.util.List;
import org.springframework.stereotype.Component;

/// What every module may set up, for the audit log.
@Component
final class PlatformSettings implements SettingsTable.Named {
  @Override
  public List<SettingsTable> tables() {
    return List.of(
        SettingsTable.of("setting", "setting", "key"),
        SettingsTable.of("own_field", "own field", "about", "key"));
  }
}
