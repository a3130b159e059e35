package dev.evergreen.server.channel;

import dev.evergreen.server.platform.text.Language;
import dev.evergreen.server.ticket.TicketId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// In which language a customer reads the pages that our mails lead to: the one in which they wrote
/// last, if it can be told and there are pages in it.
@Component
public class CustomerLanguages {
  private final JdbcClient database;
  private final Languages languages;

  CustomerLanguages(JdbcClient database, Languages languages) {
    this.database = database;
    this.languages = languages;
  }

  public Optional<Language> of(TicketId ticket) {
    return database
        .sql(
            """
            select left(text, 4000) as words
            from message
            where ticket_id = :ticket and author_kind = 'customer'
            order by revision desc
            limit 1
            """)
        .param("ticket", ticket.value())
        .query((row, _) -> row.getString("words"))
        .optional()
        .map(languages::of)
        .flatMap(Language::of);
  }
}
