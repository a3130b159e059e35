package dev.evergreen.server.transfer;

import dev.evergreen.server.platform.DataTable;
import dev.evergreen.server.platform.PersonalData;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// What imports hold about people: which ticket came from where. What was given is thrown away when
/// it has been taken over.
@Component
@Order(55)
final class TransferData implements PersonalData {
  @Override
  public List<DataTable> tables() {
    return Stream.of(
            DataTable.none("what was asked for, and counts", "import"),
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
