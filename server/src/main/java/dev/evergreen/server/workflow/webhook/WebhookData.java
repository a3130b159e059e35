package dev.evergreen.server.workflow.webhook;

import dev.evergreen.server.platform.DataTable;
import dev.evergreen.server.platform.DataTable.Rows;
import dev.evergreen.server.platform.PersonalData;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// What is kept of what webhooks were told about people.
@Component
@Order(41)
final class WebhookData implements PersonalData {
  @Override
  public List<DataTable> tables() {
    return Stream.of(
            List.of(
                DataTable.of(
                    "webhook_try",
                    "what receivers of webhooks answered",
                    Rows.deleted(
                        Rows.ANY,
                        "delivery in (select id from webhook_delivery where subject_kind = :kind and subject_id = :id)")),
                DataTable.of(
                    "webhook_delivery",
                    "what webhooks were told",
                    Rows.deleted(Rows.ANY, "subject_kind = :kind and subject_id = :id"))),
            DataTable.none("where events are told, written by administrators", "webhook"))
        .flatMap(List::stream)
        .toList();
  }
}
