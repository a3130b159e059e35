package dev.evergreen.server.ticket.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Founding;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Passwords;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.composing.Drafts;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Files, formatted messages and drafts: what leaves, in which clothes, and for whom.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
class TicketFilesWebTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String PASSWORD = "four quiet green tents";

  @Autowired Tickets tickets;
  @Autowired Assignments assignments;
  @Autowired Customers customers;
  @Autowired Agents agents;
  @Autowired Passwords passwords;
  @Autowired Founding founding;
  @Autowired Drafts drafts;
  @Autowired Files files;
  @Autowired DatabaseClock clock;
  @LocalServerPort int port;

  private record Sent(Ticket ticket, Message message) {}

  @Test
  void a_file_is_saved_under_its_harmless_name_and_never_opened_here() {
    var sent = send("../../\u202egnp.html", "text/html", "<script>alert(1)</script>");
    try (var ines = signedIn(agent(Role.AGENT))) {
      var response = ines.get("/attachments/" + attachment(sent));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("<script>alert(1)</script>");
      assertThat(response.headers().firstValue("Content-Disposition"))
          .contains("attachment; filename=\"gnp.html\"; filename*=UTF-8''gnp.html");
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/octet-stream");
      assertThat(response.headers().allValues("X-Content-Type-Options")).containsOnly("nosniff");
      assertThat(response.headers().allValues("Content-Security-Policy"))
          .containsExactly("default-src 'none'; sandbox");
    }
  }

  @Test
  void a_formatted_message_shows_the_images_that_came_with_it_and_no_others() {
    var sent = send("logo.png", "image/png", "not really a picture");
    try (var ines = signedIn(agent(Role.AGENT))) {
      var response = ines.get("/messages/" + sent.message().id().value() + "/frame");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body())
          .contains("data:image/png;base64,bm90IHJlYWxseSBhIHBpY3R1cmU=", "Hello", "after")
          .doesNotContain("cid:", "tracker.example");
      assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "img-src data:", "sandbox")
          .doesNotContain("allow-scripts", "allow-same-origin");
    }
  }

  @Test
  void what_a_collaborator_may_not_see_is_not_there_for_them() {
    var sent = send("plan.pdf", "application/pdf", "secret");
    var helper = agent(Role.COLLABORATOR);
    var draft = "/tickets/" + sent.ticket().id().value() + "/draft";
    try (var visitor = signedIn(helper)) {
      var paths =
          List.of(
              "/attachments/" + attachment(sent),
              "/messages/" + sent.message().id().value() + "/frame",
              "/settings/canned-responses");
      for (var path : paths) {
        assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(404);
      }
      assertThat(visitor.post(draft, Map.of("text", "mine")).statusCode()).isEqualTo(404);
      assertThat(drafts.of(sent.ticket().id(), helper.id())).isEmpty();

      var _ =
          assignments.assign(sent.ticket().id(), null, helper.id(), null, Actor.SYSTEM).expected();

      assertThat(visitor.get(paths.getFirst()).statusCode()).isEqualTo(200);
      assertThat(visitor.post(draft, Map.of("text", "mine")).statusCode()).isEqualTo(204);
      assertThat(drafts.of(sent.ticket().id(), helper.id())).isPresent();
    }
    try (var stranger = new Visitor(port)) {
      assertThat(stranger.get("/attachments/" + attachment(sent)).statusCode()).isEqualTo(302);
    }
  }

  @Test
  void canned_responses_are_kept_up_on_their_page() {
    try (var ines = signedIn(agent(Role.AGENT))) {
      var path = "/settings/canned-responses";
      assertThat(ines.get(path).body()).contains("greeting");

      var added = ines.post(path, Map.of("name", "hours", "text", "We are here from 9 to 5."));
      var again = ines.post(path, Map.of("name", "hours", "text", "We <i>never</i> sleep."));

      assertThat(added.statusCode()).isEqualTo(302);
      assertThat(again.statusCode()).isEqualTo(409);
      assertThat(again.body()).contains("already a canned response", "We &lt;i");
    }
  }

  private static long attachment(Sent sent) {
    return sent.message().body().attachments().getFirst().id();
  }

  private Sent send(String name, String type, String content) {
    var customer =
        customers.recognize("amara" + NUMBER.incrementAndGet() + "@okafor.example", "Amara");
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    var file =
        new NewAttachment(
            files.store(new ByteArrayInputStream(bytes)), name, type, bytes.length, "logo@mail");
    var html =
        "<p>Hello <img src=\"cid:logo&#64;mail\"> <img src=\"https://tracker.example/p.gif\">"
            + " <img src=\"cid:missing\"> after</p>";
    var first =
        new NewMessage(customer.actor(), "Hello", html, List.of(file), clock.instant(), null);
    var ticket = tickets.open(new NewTicket("Label", customer.id(), "email", first, null));
    var viewer = agent(Role.LEAD);
    var visible = tickets.visibleTo(viewer);
    return new Sent(ticket, visible.conversation(ticket).messages().getFirst());
  }

  private Agent agent(Role role) {
    if (!founding.isDone()) {
      var charter = new Founding.Charter("Ridge", "Ada", "ada@shop.example", PASSWORD, "");
      var _ = founding.found(charter).expected();
    }
    var email = "ines" + NUMBER.incrementAndGet() + "@shop.example";
    var agent =
        agents.add(new NewAgent("Ines Sørensen", email, role, List.of()), Actor.SYSTEM).expected();
    var _ = passwords.set(agent.id(), PASSWORD, Actor.SYSTEM).expected();
    return agent;
  }

  private Visitor signedIn(Agent agent) {
    var visitor = new Visitor(port);
    var answer = visitor.signIn(agent.email(), PASSWORD);
    assertThat(answer.statusCode()).isEqualTo(302);
    var _ = visitor.get("/settings");
    return visitor;
  }
}
