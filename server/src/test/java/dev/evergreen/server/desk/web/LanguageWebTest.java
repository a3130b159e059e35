package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.channel.CustomerLinks;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Everybody reads in their own language, and nobody in another's.
class LanguageWebTest extends WebTest {
  @Autowired Tickets tickets;
  @Autowired Customers customers;
  @Autowired CustomerLinks links;
  @Autowired DatabaseClock clock;

  @Test
  void an_agent_reads_what_they_chose_also_when_they_are_refused_something() {
    var visitor = signedIn(somebody("Lea", Role.LEAD));
    assertThat(visitor.get("/settings").body()).contains("<html lang=\"en\"", "Settings");
    assertThat(visitor.get("/settings", "Accept-Language", "de-AT, en;q=0.5").body())
        .contains("<html lang=\"de\"", "Einstellungen");

    there(visitor.post("/settings/language", Map.of("language", "de")));
    assertThat(visitor.get("/settings", "Accept-Language", "en").body())
        .contains("<html lang=\"de\"", "Einstellungen", "Gespeichert.");
    var refused =
        visitor.post(
            "/settings/tickets/statuses", Map.of("category", "OPEN", "name", "", "color", "blue"));
    assertThat(refused.body())
        .contains("Erwartet wird ein Name von 1 bis 40 Zeichen, gefunden wurde „“.");
    assertThat(visitor.get("/no/such/page").body()).contains("Hier ist nichts");

    there(visitor.post("/settings/language", Map.of("language", "")));
    assertThat(visitor.get("/settings").body()).contains("<html lang=\"en\"");
    assertThat(visitor.post("/settings/language", Map.of("language", "tlh")).statusCode())
        .isEqualTo(422);
  }

  @Test
  void a_customer_reads_the_language_in_which_they_wrote() {
    var german = opened("Der Reißverschluss ist defekt und wir haben das Zelt nicht mehr.");
    var unclear = opened("Hm?");

    assertThat(stranger().get(path(german)).body()).contains("<html lang=\"de\"", "Ist es gelöst?");
    assertThat(stranger().get(path(unclear)).body()).contains("<html lang=\"en\"", "Is it solved?");
    assertThat(stranger().get(path(unclear), "Accept-Language", "de").body())
        .contains("<html lang=\"de\"");
  }

  private String path(TicketId ticket) {
    return URI.create(links.confirm(ticket)).getPath();
  }

  private TicketId opened(String words) {
    var customer = customers.recognize("leser" + number() + "@kunde.example", "Lena Leser");
    var first = new NewMessage(customer.actor(), words, null, List.of(), clock.instant(), null);
    return tickets.open(new NewTicket("Zelt", customer.id(), "email", first, null)).id();
  }
}
