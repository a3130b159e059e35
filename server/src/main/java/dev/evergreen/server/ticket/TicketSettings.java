package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.SettingsTable;
import java.util.List;
import org.springframework.stereotype.Component;

/// What is set up about tickets, for the audit log.
@Component
final class TicketSettings implements SettingsTable.Named {
  @Override
  public List<SettingsTable> tables() {
    return List.of(
        SettingsTable.of("ticket_status", "status", "id"),
        SettingsTable.of("ticket_code", "category or outcome", "list", "key"),
        SettingsTable.of("tag", "tag", "id"),
        SettingsTable.of("priority_rule", "priority rule", "position"),
        SettingsTable.of("canned_response", "canned response", "id"),
        SettingsTable.of("macro", "macro", "id"),
        SettingsTable.of("reopen_policy", "reopen policy", "id"));
  }
}
