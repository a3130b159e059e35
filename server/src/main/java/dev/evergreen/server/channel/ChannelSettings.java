package dev.evergreen.server.channel;

import dev.evergreen.server.platform.SettingsTable;
import java.util.List;
import org.springframework.stereotype.Component;

/// What is set up about mail, for the audit log.
@Component
final class ChannelSettings implements SettingsTable.Named {
  @Override
  public List<SettingsTable> tables() {
    return List.of(
        SettingsTable.of("mailbox", "mailbox", "id")
            .without(
                "password", "uid_validity", "term", "held_until", "polled_at", "behind", "problem"),
        SettingsTable.of("signature", "signature", "id"),
        SettingsTable.of("sending_preference", "preference about sending", "agent"));
  }
}
