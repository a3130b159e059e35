package dev.evergreen.server.customer;

import dev.evergreen.server.platform.SettingsTable;
import java.util.List;
import org.springframework.stereotype.Component;

/// What is set up about customers, for the audit log.
@Component
final class CustomerSettings implements SettingsTable.Named {
  @Override
  public List<SettingsTable> tables() {
    return List.of(
        SettingsTable.of("customer_level", "priority of customers", "key"),
        SettingsTable.of("segment", "segment", "id"));
  }
}
