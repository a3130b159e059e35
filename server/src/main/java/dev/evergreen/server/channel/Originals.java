package dev.evergreen.server.channel;

import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.ticket.TicketId;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The mails behind what stands on tickets, byte for byte as they came.
@Component
public class Originals {
  private final JdbcClient database;

  Originals(JdbcClient database) {
    this.database = database;
  }

  /// At which places in the ticket's timeline stands something that came by mail.
  public Set<Long> placesOn(TicketId ticket) {
    return database
        .sql("select revision from arrival where ticket = :ticket and revision is not null")
        .param("ticket", ticket.value())
        .query((row, _) -> row.getLong("revision"))
        .set();
  }

  /// The mail that stands at this place.
  public Optional<FileId> at(TicketId ticket, long revision) {
    return database
        .sql("select file from arrival where ticket = :ticket and revision = :revision")
        .param("ticket", ticket.value())
        .param("revision", revision)
        .query(Long.class)
        .optional()
        .map(FileId::new);
  }
}
