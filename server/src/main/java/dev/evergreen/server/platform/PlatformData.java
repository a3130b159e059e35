package dev.evergreen.server.platform;

import dev.evergreen.server.platform.DataTable.Rows;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// What the platform itself keeps about people.
@Component
@Order(80)
final class PlatformData implements PersonalData {
  private static final String BY_SUBJECT = "subject_kind = :kind and subject_id = :id";

  @Override
  public List<DataTable> tables() {
    return Stream.of(
            List.of(
                DataTable.of(
                    "ledger_fault",
                    "what could not be done with an entry, and the error's words",
                    Rows.deleted(Rows.ANY, BY_SUBJECT)),
                DataTable.of(
                    "ledger",
                    "what happened: names of those who acted, and what an entry says",
                    Rows.rewritten(Rows.ANY, BY_SUBJECT))),
            DataTable.none("a receipt, and what is left to erase", "erasure", "erasure_part"),
            DataTable.none("goes with the rows that name the file", "file", "file_chunk"),
            DataTable.none("ids and times, no words", "due", "submission"),
            DataTable.none("about agents, erased after a year", "audit_detail"),
            DataTable.none(
                "how the installation itself stands",
                "ledger_reader",
                "ledger_epoch",
                "clock_offset",
                "secret",
                "setting",
                "own_field",
                "settings_change",
                "audit_seal",
                "audit_head",
                "schema_hash"))
        .flatMap(List::stream)
        .toList();
  }
}
