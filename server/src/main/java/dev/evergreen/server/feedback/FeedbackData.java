package dev.evergreen.server.feedback;

import dev.evergreen.server.platform.DataTable;
import dev.evergreen.server.platform.DataTable.Rows;
import dev.evergreen.server.platform.PersonalData;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// What surveys hold about people. Scores stay, because figures are made of them.
@Component
@Order(20)
final class FeedbackData implements PersonalData {
  @Override
  public List<DataTable> tables() {
    return List.of(
        DataTable.of(
                "survey",
                "how content somebody was, and in which words",
                Rows.emptied("ticket", "ticket_id = :id", "comment = ''"))
            .without("token_hash"));
  }
}
