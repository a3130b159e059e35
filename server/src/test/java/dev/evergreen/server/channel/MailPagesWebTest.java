package dev.evergreen.server.channel;

import static dev.evergreen.server.channel.PostOffice.SUPPORT;
import static dev.evergreen.server.channel.PostOffice.mail;
import static dev.evergreen.server.channel.PostOffice.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.TicketId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/// The pages about mail: who sees them, what looking and answering do.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(PostOffice.class)
class MailPagesWebTest {
  @Autowired PostOffice post;
  @Autowired CustomerLinks links;
  @Autowired Arrivals arrivals;
  @Autowired DatabaseClock clock;
  @LocalServerPort int port;

  @Test
  void looking_at_the_customers_link_changes_nothing_and_answering_does() throws IOException {
    TicketId ticket = post.open(unique("amara"), "Secret tent", "It snapped.");
    var _ = post.answer(ticket, "A new one is on its way.");
    String link = pathOf(links.confirm(ticket));
    try (var customer = new Visitor(port)) {
      long before = post.ticket(ticket).revision();

      var page = customer.get(link);

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("#" + ticket.value()).doesNotContain("Secret tent");
      assertThat(post.ticket(ticket).revision()).isEqualTo(before);
      assertThat(customer.postBare(link, Map.of("answer", "YES")).statusCode()).isEqualTo(403);
      assertThat(customer.post(link, Map.of("answer", "MAYBE")).statusCode()).isEqualTo(400);
      assertThat(post.ticket(ticket).revision()).isEqualTo(before);

      assertThat(customer.post(link, Map.of("answer", "YES")).statusCode()).isEqualTo(200);
      assertThat(post.ledgerKinds(ticket)).endsWith("ticket.solution-confirmed");
    }
  }

  @Test
  void a_link_that_is_old_or_not_ours_is_no_page_at_all() throws IOException {
    var _ = post.agent(Role.AGENT);
    TicketId ticket = post.open(unique("amara"), "Tent pole", "It snapped.");
    String good = pathOf(links.confirm(ticket));
    String forged = good.substring(0, good.length() - 3) + (good.endsWith("aaa") ? "bbb" : "aaa");
    try (var customer = new Visitor(port)) {
      assertThat(customer.get(good).statusCode()).isEqualTo(200);

      String strange = shown(customer.get(forged).body());
      assertThat(customer.get(forged).statusCode()).isEqualTo(404);
      assertThat(customer.get("/s/short").statusCode()).isEqualTo(404);
      assertThat(strange).contains("This link is no longer good").doesNotContain("desk");
      clock.moveTo(clock.instant().plus(Duration.ofDays(61)));
      assertThat(customer.get(good).statusCode()).isEqualTo(404);
      assertThat(shown(customer.get(good).body())).isEqualTo(strange);
      assertThat(customer.post(good, Map.of("answer", "YES")).statusCode()).isEqualTo(404);
      assertThat(post.ledgerKinds(ticket)).doesNotContain("ticket.solution-confirmed");
    }
  }

  @Test
  void what_is_written_as_a_customer_comes_in_by_the_wire_and_the_answer_is_read()
      throws IOException {
    String zoe = unique("zoe");
    try (var ines = post.signedIn(Role.AGENT, port)) {
      var _ = ines.get("/mailbox");
      var form = Map.of("name", "Zoë", "address", zoe, "subject", "Sizes", "text", "How tall?");
      assertThat(ines.post("/mailbox", form).statusCode()).isEqualTo(302);
      post.intake().readWaiting();
      TicketId ticket = post.latestOf(zoe);
      Letter letter = post.answer(ticket, "As tall as <you>.");

      assertThat(ines.get("/mailbox").body()).contains("Re: Sizes", zoe);
      assertThat(ines.get("/mailbox/" + letter.id().value()).body())
          .contains("As tall as &lt;you&gt;.", "Ines Sørensen · Ridgeline");
      var reply = ines.post("/mailbox/" + letter.id().value() + "/reply", Map.of("text", "Fine."));
      post.intake().readWaiting();

      assertThat(reply.statusCode()).isEqualTo(302);
      assertThat(post.ledgerKinds(ticket)).endsWith("ticket.customer-replied");
      assertThat(ines.get("/mailbox/999999").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void the_quarantine_is_for_leads_and_hands_mails_out_as_they_came() throws IOException {
    String raw = "Subject: nobody\nMessage-ID: <" + unique("q") + ">\n\n<script>alert(1)</script>";
    var _ =
        post.intake()
            .accept(
                new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)),
                Envelope.delivered("", List.of(SUPPORT)));
    post.intake().readWaiting();
    String path = "/quarantine/" + arrivals.quarantined().getFirst().id().value();
    try (var ines = post.signedIn(Role.AGENT, port);
        var lead = post.signedIn(Role.LEAD, port)) {
      assertThat(ines.get("/quarantine").statusCode()).isEqualTo(404);
      assertThat(ines.get(path + "/raw").statusCode()).isEqualTo(404);
      assertThat(ines.post(path + "/discard", Map.of()).statusCode()).isEqualTo(404);

      var page = lead.get("/quarantine");
      assertThat(page.body()).contains("no address of a sender").doesNotContain("<script>alert");
      var download = lead.get(path + "/raw");
      assertThat(download.body()).isEqualTo(raw);
      assertThat(download.headers().firstValue("Content-Disposition").orElseThrow())
          .startsWith("attachment");
      assertThat(lead.post(path + "/discard", Map.of()).statusCode()).isEqualTo(302);
      assertThat(lead.get(path + "/raw").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void whoever_may_see_a_ticket_gets_its_mails_as_they_came() throws IOException {
    String amara = unique("amara");
    String raw = mail(amara, SUPPORT, "Tent pole", "It snapped.");
    post.deliver(raw);
    TicketId ticket = post.latestOf(amara);
    try (var ines = post.signedIn(Role.AGENT, port);
        var helper = post.signedIn(Role.COLLABORATOR, port)) {
      String page = ines.get("/tickets/" + ticket.value()).body();
      assertThat(page).contains("entries/").contains("/original");
      String path = page.substring(page.indexOf("/tickets/" + ticket.value() + "/entries/"));
      path = path.substring(0, path.indexOf('"'));

      assertThat(ines.get(path).body()).isEqualTo(raw);
      assertThat(ines.get(path).headers().firstValue("Content-Type"))
          .contains("application/octet-stream");
      assertThat(helper.get(path).statusCode()).isEqualTo(404);
      assertThat(ines.get(path.replace("/original", "9/original")).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void mail_settings_and_health_are_for_administrators() {
    try (var ines = post.signedIn(Role.LEAD, port);
        var ada = post.signedIn(Role.ADMINISTRATOR, port)) {
      assertThat(ines.get("/settings/mailboxes").statusCode()).isEqualTo(404);
      assertThat(ines.get("/settings/health").statusCode()).isEqualTo(404);

      assertThat(ada.get("/settings/health").body())
          .contains("PostgreSQL", "synchronous commit", "Not read yet", "Workflow triggers");
      assertThat(ada.get("/settings/mailboxes").body()).contains(SUPPORT);
      var refused =
          ada.post("/settings/mailboxes/support-address", Map.of("address", "no address"));
      assertThat(refused.statusCode()).isEqualTo(422);
      var added = ada.post("/settings/mailboxes", mailbox("help@post.example", "993"));
      assertThat(added.statusCode()).isEqualTo(302);
      assertThat(ada.post("/settings/mailboxes", mailbox("help@post.example", "993")).statusCode())
          .isEqualTo(409);
      assertThat(ada.post("/settings/mailboxes", mailbox("other@post.example", "0")).statusCode())
          .isEqualTo(422);
      assertThat(ada.get("/settings/mailboxes").body())
          .contains("help@post.example")
          .doesNotContain("moss and stone");
    }
  }

  private static Map<String, String> mailbox(String address, String number) {
    return Map.of(
        "address", address,
        "host", "imap.post.example",
        "port", number,
        "security", "TLS",
        "username", "help",
        "password", "moss and stone",
        "folder", "");
  }

  private static String shown(String page) {
    return page.substring(page.indexOf("<body"));
  }

  private static String pathOf(String url) {
    return url.substring(url.indexOf("/s/"));
  }
}
