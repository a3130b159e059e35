package dev.evergreen.server.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.language.Call;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.feedback.Survey.Answer;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Founding;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
class SurveyWebTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Pattern LINK = Pattern.compile("(/survey/[\\w-]{22})\\?score=4");

  @Autowired Surveys surveys;
  @Autowired Tickets tickets;
  @Autowired Customers customers;
  @Autowired Founding founding;
  @Autowired Ledger ledger;
  @Autowired JdbcClient database;
  @Autowired DatabaseClock clock;
  @LocalServerPort int port;

  @SuppressWarnings("NullAway.Init")
  Visitor visitor;

  @BeforeEach
  void arrive() {
    if (!founding.isDone()) {
      var charter =
          new Founding.Charter("Ridge", "Ada", "ada@shop.example", "four quiet green tents", "");
      var _ = founding.found(charter).expected();
    }
    visitor = new Visitor(port);
  }

  @AfterEach
  void leave() {
    visitor.close();
  }

  @Test
  void opening_the_link_chooses_a_score_and_records_nothing() {
    var id = ticket();
    var link = ask(id);

    var page = visitor.get(link + "?score=4");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).containsPattern("value=\"4\" checked").contains("Very good");
    assertThat(answer(id)).isNull();
  }

  @Test
  void a_score_is_kept_and_may_be_changed() {
    var id = ticket();
    var link = ask(id);
    visitor.get(link + "?score=4");

    var thanks = visitor.post(link, Map.of("score", "4", "comment", "Quick <b>help</b>"));
    var _ = visitor.post(link, Map.of("score", "4", "comment", "Quick <b>help</b>"));

    assertThat(thanks.statusCode()).isEqualTo(200);
    assertThat(thanks.body()).contains("Thank you");
    assertThat(answer(id))
        .extracting(Answer::score, Answer::comment)
        .containsExactly(4, "Quick <b>help</b>");
    assertThat(visitor.get(link).body()).contains("Quick &lt;b");

    var _ = visitor.post(link, Map.of("score", "2"));
    assertThat(answer(id)).extracting(Answer::score).isEqualTo(2);
    assertThat(ledger.of(id.subject(), 50))
        .filteredOn(entry -> entry.kind().equals("feedback.survey-answered"))
        .extracting(entry -> entry.data().get("score"))
        .containsExactly(4, 2);
  }

  @Test
  void nonsense_is_refused_and_changes_nothing() {
    var id = ticket();
    var link = ask(id);
    visitor.get(link);

    assertThat(visitor.post(link, Map.of("score", "6")).statusCode()).isEqualTo(422);
    assertThat(visitor.post(link, Map.of()).statusCode()).isEqualTo(422);
    assertThat(visitor.postBare(link, Map.of("score", "5")).statusCode()).isEqualTo(403);
    assertThat(visitor.get("/survey/AAAAAAAAAAAAAAAAAAAAAA?score=5").statusCode()).isEqualTo(404);
    assertThat(answer(id)).isNull();
  }

  @Test
  void a_ticket_is_asked_about_once() {
    var id = ticket();
    var _ = ask(id);

    assertThat(surveys.ask(id, new Call("ticket", id.value(), "another", clock.instant())))
        .isFalse();
  }

  @Test
  void agents_see_that_the_customer_was_given_links_and_not_which() {
    var id = ticket();
    var link = ask(id);
    visitor.signIn("ada@shop.example", "four quiet green tents");

    var page = visitor.get("/tickets/" + id.value());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Very good: [link for the customer]").doesNotContain(link);
    var customer =
        database
            .sql("select customer_id from ticket where id = :id")
            .param("id", id.value())
            .query((row, _) -> row.getLong("customer_id"))
            .single();
    var elsewhere =
        List.of(
            "/customers/" + customer, "/tickets/" + id.value() + "/split", "/search?q=very+good");
    assertThat(elsewhere)
        .allSatisfy(path ->
            assertThat(visitor.get(path).body())
                .as(path)
                .contains("[link for the customer]")
                .doesNotContain(link));
  }

  private String ask(TicketId id) {
    var asked =
        surveys.ask(id, new Call("ticket", id.value(), "survey/" + id.value(), clock.instant()));
    assertThat(asked).isTrue();
    var text =
        database
            .sql("select text from message where ticket_id = :id order by revision desc limit 1")
            .param("id", id.value())
            .query(String.class)
            .single();
    var link = LINK.matcher(text);
    assertThat(link.find()).isTrue();
    return link.group(1);
  }

  private @Nullable Answer answer(TicketId id) {
    return surveys.of(id).orElseThrow().answer();
  }

  private TicketId ticket() {
    var address = "jonas" + NUMBER.incrementAndGet() + "@weber.example";
    var customer = customers.recognize(address, "Jonas Weber");
    var first =
        new NewMessage(
            customer.actor(), "The pole snapped.", null, List.of(), clock.instant(), null);
    return tickets.open(new NewTicket("Tent pole", customer.id(), "email", first, null)).id();
  }
}
