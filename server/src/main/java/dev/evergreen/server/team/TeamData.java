package dev.evergreen.server.team;

import dev.evergreen.server.platform.DataTable;
import dev.evergreen.server.platform.PersonalData;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The people who answer are no customers: they are named by what they did as long as the
/// installation lasts.
@Component
@Order(70)
final class TeamData implements PersonalData {
  @Override
  public List<DataTable> tables() {
    return DataTable.none(
        "about agents, not customers",
        "agent",
        "role",
        "founding",
        "team",
        "membership",
        "session",
        "pass",
        "sign_in_limit",
        "second_step",
        "recovery_code",
        "api_token",
        "sign_in_provider",
        "provider_account",
        "passkey",
        "passkey_step");
  }
}
