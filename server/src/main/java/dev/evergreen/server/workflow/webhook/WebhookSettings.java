package dev.evergreen.server.workflow.webhook;

import dev.evergreen.server.platform.SettingsTable;
import java.util.List;
import org.springframework.stereotype.Component;

/// Which webhooks there are, for the audit log.
@Component
final class WebhookSettings implements SettingsTable.Named {
  @Override
  public List<SettingsTable> tables() {
    return List.of(
        SettingsTable.of("webhook", "webhook", "id").without("failing_since", "problem"));
  }
}
