package dev.evergreen.server.transfer;

import dev.evergreen.server.platform.DataTable;
import dev.evergreen.server.platform.DataTable.Rows;
import dev.evergreen.server.platform.PersonalData;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// What imports hold about people: which ticket came from where, and, for some time, what did not
/// fit. What was given is thrown away when it has been taken over.
@Component
@Order(55)
final class TransferData implements PersonalData {
  /// A report that says how much was taken, and of what did not fit nothing.
  static final String NOTHING_FOUND =
      "report = (report::jsonb || '{\"findings\": [], \"failure\": \"\"}')::json";

  @Override
  public List<DataTable> tables() {
    return Stream.of(
            List.of(
                DataTable.of(
                    "import",
                    "what of an export did not fit, until thirty days after; all of it goes with one of its people",
                    Rows.emptied(
                        "ticket",
                        """
                        json_array_length(report -> 'findings') > 0
                          and source in (
                            select imported_ticket.source from imported_ticket
                            where imported_ticket.ticket_id = :id)
                        """,
                        NOTHING_FOUND),
                    Rows.emptied(
                        Rows.PERSON,
                        """
                        json_array_length(report -> 'findings') > 0
                          and exists (
                            select from unnest(cast(:names as text[])) as name
                            where position(lower(name) in lower(report ->> 'findings')) > 0)
                        """,
                        NOTHING_FOUND))),
            DataTable.none(
                "ids only; kept, so that what was erased is not taken over once more",
                "imported_ticket"),
            DataTable.none(
                "only until an import is done, or its files are dropped",
                "import_file",
                "import_piece"))
        .flatMap(List::stream)
        .toList();
  }
}
