package dev.evergreen.server.channel;

import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.ticket.TicketId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who has to do with a ticket by mail beside its customer, because an agent wrote to them. Whom a
/// mail names in copy is nobody here: it proposes people, and only an agent takes them in.
@Component
class Participants {
  private final JdbcClient database;

  Participants(JdbcClient database) {
    this.database = database;
  }

  enum State {
    /// Gets copies, and everybody sees it.
    COPIED,
    /// Was sent a copy that nobody saw.
    HIDDEN,
    /// Was in copy until an agent took them out.
    REMOVED;

    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Those on a ticket, by address.
  Map<String, State> of(TicketId ticket) {
    return database
        .sql("select address, state from participant where ticket = :ticket")
        .param("ticket", ticket.value())
        .query((row, _) ->
            Map.entry(
                row.getString("address"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT))))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// What an agent decided by sending: these are in copy, and nobody else is any more.
  void decide(TicketId ticket, Copies copies) {
    database
        .sql(
            """
            update participant set state = 'removed'
            where ticket = :ticket and state = 'copied' and address <> all(:cc)
            """)
        .param("ticket", ticket.value())
        .param("cc", copies.cc().stream().map(EmailAddress::toString).toArray(String[]::new))
        .update();
    put(ticket, copies.cc(), State.COPIED);
    put(ticket, copies.bcc(), State.HIDDEN);
  }

  private void put(TicketId ticket, List<EmailAddress> addresses, State state) {
    if (addresses.isEmpty()) {
      return;
    }
    database
        .sql(
            """
            insert into participant (ticket, address, state)
            select :ticket, address, :state from unnest(cast(:addresses as text[])) as address
            on conflict (ticket, address) do update set state = excluded.state
            """)
        .param("ticket", ticket.value())
        .param("addresses", addresses.stream().map(EmailAddress::toString).toArray(String[]::new))
        .param("state", state.key())
        .update();
  }
}
