package dev.evergreen.server.rights;

import dev.evergreen.server.customer.CustomerFields;
import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.CustomerMerges;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.OrganizationMerges;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Assets;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.ApiToken.Scope;
import dev.evergreen.server.team.ApiTokens;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Origin;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Sessions;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketChanges;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.relation.Merges;
import dev.evergreen.server.workflow.ProcessDrafts;
import dev.evergreen.server.workflow.Processes;
import dev.evergreen.server.workflow.RunId;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.StartsByHand;
import dev.evergreen.server.workflow.Tasks;
import dev.evergreen.server.workflow.WorkflowDrafts;
import dev.evergreen.server.workflow.WorkflowReviews;
import dev.evergreen.server.workflow.Workflows;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Makes what routes are about, each thing new and of a given owner: tickets are assigned to them,
/// what is personal is theirs. What belongs to nobody is only made.
@TestComponent
final class Objects {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final JdbcClient database;
  private final People people;
  private final Desk desk;
  private final Work work;
  private final Studio studio;
  private final Map<String, Function<Agent, List<String>>> makers;

  /// What belongs to people.
  @TestComponent
  record People(
      Agents agents,
      Sessions sessions,
      ApiTokens tokens,
      Customers customers,
      CustomerFields fields,
      CustomerMerges merges,
      OrganizationMerges joined) {}

  /// What belongs to tickets.
  @TestComponent
  record Desk(
      Tickets tickets,
      Assignments assignments,
      Sorting sorting,
      TicketChanges changes,
      Merges merges,
      Files files,
      DatabaseClock clock) {}

  /// What workflows are made of.
  @TestComponent
  record Work(Workflows workflows, Runs runs, Tasks tasks, StartsByHand starts) {}

  /// Where workflows are written.
  @TestComponent
  record Studio(
      WorkflowDrafts drafts,
      WorkflowReviews reviews,
      Processes processes,
      ProcessDrafts processDrafts,
      Teams teams) {}

  Objects(JdbcClient database, People people, Desk desk, Work work, Studio studio) {
    this.database = database;
    this.people = people;
    this.desk = desk;
    this.work = work;
    this.studio = studio;
    makers =
        Map.ofEntries(
            Map.entry("ticket", owner -> List.of(number(ticket(owner)))),
            Map.entry("customer", owner -> List.of(customer(owner))),
            Map.entry("consent", owner -> List.of(customer(owner))),
            Map.entry("customer-merge", this::customerMerge),
            Map.entry("message", owner -> List.of(message(ticket(owner)))),
            Map.entry("picture", owner -> List.of(message(ticket(owner)), "logo@mail")),
            Map.entry("attachment", owner -> List.of(attachment(ticket(owner)))),
            Map.entry("original", this::original),
            Map.entry("change", this::change),
            Map.entry("merge", this::merge),
            Map.entry("link", this::link),
            Map.entry("held-reply", this::heldReply),
            Map.entry("draft-file", owner -> draftFile(owner, "id")),
            Map.entry("draft-picture", owner -> draftFile(owner, "content_id")),
            Map.entry("used-macro", this::usedMacro),
            Map.entry("task", owner -> List.of(task(ticket(owner)))),
            Map.entry("run", owner -> List.of(run(ticket(owner)))),
            Map.entry("activation", owner -> List.of(run(ticket(owner)), "1")),
            Map.entry("move", owner -> List.of(run(ticket(owner)), "1")),
            Map.entry("start", owner -> List.of(number(ticket(owner)), startable())),
            Map.entry("own-field", owner -> List.of(number(ticket(owner)), settings("field"))),
            Map.entry("workflow-draft", _ -> List.of(draft())),
            Map.entry("step", _ -> List.of(draft(), "1")),
            Map.entry("reviewed", this::reviewed),
            Map.entry("review", this::review),
            Map.entry("process-draft", _ -> List.of(processDraft())),
            Map.entry("process-in-force", _ -> List.of(processInForce())),
            Map.entry("published", _ -> List.of(published())),
            Map.entry("startable", _ -> List.of(startable())),
            Map.entry("shipped-view", _ -> List.of("mine")),
            Map.entry("link-in-mail", _ -> List.of("made-up")),
            Map.entry("view", this::view),
            Map.entry("macro", this::macro),
            Map.entry("bulk", this::bulk),
            Map.entry("session", this::session),
            Map.entry("token", this::token),
            Map.entry("passkey", this::passkey),
            Map.entry("colleague", _ -> List.of(colleague(Role.AGENT))),
            Map.entry("workflow", _ -> List.of("issue-resolution")),
            Map.entry("version", _ -> List.of("issue-resolution", "1")),
            Map.entry("process", _ -> List.of("support")),
            Map.entry("tagged", owner -> List.of(number(ticket(owner)), "late")),
            Map.entry("put-aside", this::putAside),
            Map.entry("organization-domain", _ -> organizationDomain()),
            Map.entry("customer-field", owner -> List.of(customer(owner), fieldOf("customer"))),
            Map.entry(
                "organization-field",
                _ -> List.of(settings("organization"), fieldOf("organization"))),
            Map.entry("organization-merge", _ -> organizationMerge()),
            Map.entry("customer-change", this::customerChange),
            Map.entry("side", this::side),
            Map.entry("side-file", this::sideFile),
            Map.entry("consultation", this::consultation),
            Map.entry("team-task", this::teamTask),
            Map.entry("handed", this::handed),
            Map.entry("delivery", _ -> delivery()),
            Map.entry("asset", _ -> List.of(Assets.url("look.css").replaceFirst(".*/", ""))));
  }

  /// The names in the path of one, in their order.
  List<String> make(String kind, Agent owner) {
    var maker = makers.get(kind);
    return maker == null ? List.of(settings(kind)) : maker.apply(owner);
  }

  /// Whether there are those of one and of another.
  boolean areOwned(String kind) {
    return Stream.of(
            "ticket",
            "put-aside",
            "tagged",
            "side",
            "side-file",
            "consultation",
            "team-task",
            "handed",
            "customer",
            "consent",
            "customer-merge",
            "customer-field",
            "customer-change",
            "message",
            "picture",
            "attachment",
            "original",
            "change",
            "merge",
            "link",
            "held-reply",
            "draft-file",
            "draft-picture",
            "used-macro",
            "task",
            "run",
            "activation",
            "move",
            "start",
            "own-field",
            "reviewed",
            "review",
            "view",
            "macro",
            "bulk",
            "session",
            "token",
            "passkey",
            "tagged",
            "side",
            "side-file",
            "consultation",
            "team-task",
            "handed",
            "put-aside")
        .anyMatch(kind::equals);
  }

  /// Rows of settings, which everybody shares.
  private String settings(String kind) {
    var name = "thing" + NUMBER.incrementAndGet();
    return switch (kind) {
      case "canned-response" ->
          inserted(
              "insert into canned_response (name, text) values (?, 'Hello') returning id", name);
      case "signature" ->
          inserted(
              "insert into signature (language, text) values ('nl', ?) on conflict (mailbox, language) do update set text = excluded.text returning id",
              name);
      case "field" -> fieldOf("ticket");
      case "status" ->
          inserted(
              """
              insert into ticket_status (category, name, color, position)
              values ('open', ?, 'blue', 99)
              returning id
              """,
              name);
      case "code" ->
          inserted(
              """
              insert into ticket_code (list, key, name, position)
              values ('category', ?, 'A thing', 99)
              returning key
              """,
              name);
      case "tag" -> inserted("insert into tag (name) values (?) returning id", name);
      case "webhook" ->
          inserted(
              """
              insert into webhook (name, url, kinds, people, active, key_since, made_at)
              values (?, 'https://shop.example/', '{ticket.opened}', false, false, now(), now())
              returning id
              """,
              name);
      case "role" ->
          inserted(
              "insert into role (name, grants, made_at) values (?, '{see@everywhere}', now()) returning id",
              name);
      case "segment" ->
          inserted("insert into segment (key, name) values (?, ?) returning id", name, name);
      case "level" ->
          inserted(
              "insert into customer_level (key, name, rank) values (?, ?, 1) returning key",
              name,
              name);
      case "import" ->
          inserted(
              """
              insert into import (source, format, names, dry, state, made_at)
              values ('rights', 'csv', array[?], true, 'done', now())
              returning id
              """,
              name);
      case "retention-rule" ->
          inserted(
              """
              insert into retention_rule (months, category, made_at, made_by_name)
              values (12, ?, now(), 'Ada')
              returning id
              """,
              name);
      case "mailbox" ->
          inserted(
              """
              insert into mailbox (address, host, port, security, username, password, active, created_at)
              values (? || '@ridge.example', 'localhost', 1, 'none', 'a', '', false, now())
              returning id
              """,
              name);
      case "letter" ->
          inserted(
              """
              insert into outbox (
                recipient, recipient_name, sender_name, automatic, subject, text, queued_at, due_at,
                state)
              values (? || '@okafor.example', 'Amara', 'Ines', false, 'Hello', 'Hello', now(), now(), 'kept')
              returning id
              """,
              name);
      case "quarantined" ->
          inserted(
              """
              insert into arrival (
                file, size, sha256, mailbox, identity, sender, recipients, arrived_at, state, due_at)
              values (cast(? as bigint), 5, repeat('a', 64), 'help', ?, 'a@b.example', '{}', now(),
                'quarantined', now())
              returning id
              """,
              "" + file("Hello"),
              name);
      case "receipt" ->
          inserted(
              """
              insert into erasure (
                cause, subject_kind, subject_id, asked_at, asked_by_name, done_at, hash)
              values ('asked', 'customer', 0, now(), ?, now(), 'abc')
              returning id
              """,
              name);
      case "organization" ->
          inserted(
              "insert into organization (name, created_at) values (?, now()) returning id", name);
      default -> throw new IllegalStateException("expected a maker of " + kind);
    };
  }

  private String fieldOf(String about) {
    return inserted(
        """
        insert into own_field (about, key, label, kind, position)
        values (?, ?, 'A thing', 'text', 1)
        returning key
        """,
        about,
        "thing" + NUMBER.incrementAndGet());
  }

  private List<String> organizationMerge() {
    var into = new OrganizationId(Long.parseLong(settings("organization")));
    var from = new OrganizationId(Long.parseLong(settings("organization")));
    var merge =
        people
            .joined()
            .merge(
                new OrganizationMerges.Seen(from, 0),
                new OrganizationMerges.Seen(into, 0),
                Actor.SYSTEM)
            .expected();
    return List.of("" + into.value(), "" + merge.id());
  }

  private List<String> customerChange(Agent owner) {
    var customer = customer(owner);
    var change =
        people
            .fields()
            .set(
                CustomerFields.Holder.CUSTOMER,
                Long.parseLong(customer),
                fieldOf("customer"),
                "said",
                Actor.SYSTEM)
            .expected()
            .orElseThrow();
    return List.of(customer, "" + change);
  }

  private String inserted(String sql, Object... values) {
    return database.sql(sql).params(List.of(values)).query((row, _) -> row.getString(1)).single();
  }

  private Ticket ticket(Agent owner) {
    var number = NUMBER.incrementAndGet();
    var customer =
        people.customers().recognize("amara" + number + "@okafor.example", "Amara " + number);
    var picture = new NewAttachment(fileId("logo"), "logo.png", "image/png", 4, "logo@mail");
    var first =
        new NewMessage(
            customer.actor(),
            "Hello",
            "<p>Hello <img src=\"cid:logo&#64;mail\"></p>",
            List.of(picture),
            desk.clock().instant(),
            null);
    var ticket =
        desk.tickets().open(new NewTicket("Number " + number, customer.id(), "email", first, null));
    return desk.assignments()
        .assign(
            ticket.id(),
            owner.teams().stream().findFirst().orElse(null),
            owner.id(),
            null,
            Actor.SYSTEM)
        .expected();
  }

  private static String number(Ticket ticket) {
    return "" + ticket.id().value();
  }

  private String customer(Agent owner) {
    return "" + ticket(owner).origin().customer().value();
  }

  private List<String> customerMerge(Agent owner) {
    var into = ticket(owner).origin().customer();
    var from = ticket(owner).origin().customer();
    var merge =
        people
            .merges()
            .merge(
                new CustomerMerges.Seen(from, revision(from)),
                new CustomerMerges.Seen(into, revision(into)),
                Actor.SYSTEM)
            .expected();
    return List.of("" + into.value(), "" + merge.id());
  }

  private long revision(CustomerId id) {
    return people.customers().profile(id).orElseThrow().revision();
  }

  private String message(Ticket ticket) {
    return inserted("select min(id) from message where ticket_id = ?", ticket.id().value());
  }

  private String attachment(Ticket ticket) {
    return inserted(
        """
        select min(attachment.id) from attachment
        join message on message.id = attachment.message_id
        where message.ticket_id = ?
        """,
        ticket.id().value());
  }

  private List<String> original(Agent owner) {
    var ticket = ticket(owner);
    inserted(
        """
        insert into arrival (
          file, size, sha256, mailbox, identity, sender, recipients, arrived_at, state, due_at,
          ticket, revision)
        values (cast(? as bigint), 5, repeat('a', 64), 'help', ?, 'a@b.example', '{}', now(), 'done',
          now(), ?, 1)
        returning id
        """,
        "" + file("Subject: Hello\r\n\r\nHello"),
        number(ticket),
        ticket.id().value());
    return List.of(number(ticket), "1");
  }

  private List<String> change(Agent owner) {
    var ticket = ticket(owner);
    var kept =
        desk.changes()
            .keep(
                ticket.id(),
                owner,
                () ->
                    Outcome.accepted(
                        desk.sorting()
                            .update(
                                ticket.id(), Changes.ofSeverity(Severity.MAJOR), owner.actor())))
            .expected();
    return List.of(number(ticket), "" + kept.change().orElse(0L));
  }

  private List<String> merge(Agent owner) {
    var into = ticket(owner);
    var merged = ticket(owner);
    var _ =
        desk.merges()
            .merge(merged.id(), merged.revision(), into.id(), into.revision(), owner)
            .expected();
    return List.of(number(into), number(merged));
  }

  private List<String> link(Agent owner) {
    var one = ticket(owner);
    var other = ticket(owner);
    inserted(
        "insert into link (ticket_id, other_id, kind, at) values (?, ?, 'related', now()) returning ticket_id",
        one.id().value(),
        other.id().value());
    return List.of(number(one), number(other));
  }

  private List<String> heldReply(Agent owner) {
    var ticket = ticket(owner);
    return List.of(
        number(ticket),
        inserted(
            """
            insert into held_reply (ticket, agent, text, send_at, scheduled, seen)
            values (?, ?, 'Hello', now() + interval '1 day', true, 1)
            returning id
            """,
            ticket.id().value(),
            owner.id().value()));
  }

  private List<String> draftFile(Agent owner, String column) {
    var ticket = ticket(owner);
    var made =
        database
            .sql(
                """
                insert into draft_file (
                  ticket_id, agent_id, file_id, name, type, size, content_id, borrowed, kept_at)
                values (?, ?, cast(? as bigint), 'logo.png', 'image/png', 4, ?, false, now())
                returning id, content_id
                """)
            .params(
                List.of(
                    ticket.id().value(),
                    owner.id().value(),
                    "" + file("logo"),
                    "picture" + NUMBER.incrementAndGet()))
            .query((row, _) -> row.getString(column))
            .single();
    return List.of(number(ticket), made);
  }

  private List<String> usedMacro(Agent owner) {
    return List.of(number(ticket(owner)), macro(owner).getFirst());
  }

  private List<String> macro(Agent owner) {
    return List.of(
        inserted(
            "insert into macro (name, agent_id, text, effects) values (?, ?, 'Hello', '') returning id",
            "macro" + NUMBER.incrementAndGet(),
            owner.id().value()));
  }

  private String run(Ticket ticket) {
    return "" + started(ticket).value();
  }

  private RunId started(Ticket ticket) {
    return work.runs()
        .start(work.workflows().withName("issue-resolution").orElseThrow(), ticket.id().subject());
  }

  private String task(Ticket ticket) {
    started(ticket);
    return "" + work.tasks().of(ticket.id().subject()).getFirst().id().value();
  }

  private String startable() {
    return work.starts().about("ticket").getFirst().name();
  }

  private String draft() {
    var name = "rights-" + NUMBER.incrementAndGet();
    var text = work.workflows().withName("escalate").orElseThrow().file().text();
    var _ =
        studio
            .drafts()
            .create(name, text.replace("workflow: escalate", "workflow: " + name), "begun", lead())
            .expected();
    return name;
  }

  /// One that the owner's team is asked about.
  private List<String> reviewed(Agent owner) {
    return review(owner).subList(0, 1);
  }

  private List<String> review(Agent owner) {
    var name = draft();
    var team = studio.teams().of(owner.id()).getFirst().key();
    var revision = studio.drafts().of(name).orElseThrow().revision();
    var _ = studio.reviews().ask(name, revision, List.of(team), "", lead()).expected();
    return List.of(name, team);
  }

  private String processDraft() {
    var name = "rights-" + NUMBER.incrementAndGet();
    var text = studio.processes().withName("support").orElseThrow().text();
    var _ =
        studio
            .processDrafts()
            .create(
                name,
                text.replace("process: support", "process: " + name)
                    .replaceFirst("workflows:\n(  - .*\n)+", "workflows: []\n"),
                "begun",
                lead())
            .expected();
    return name;
  }

  private String processInForce() {
    var name = processDraft();
    var revision = studio.processDrafts().of(name).orElseThrow().revision();
    var _ = studio.processDrafts().putInForce(name, revision, lead()).expected();
    return name;
  }

  private String published() {
    var name = "rights-" + NUMBER.incrementAndGet();
    var text = work.workflows().withName("escalate").orElseThrow().file().text();
    var _ =
        work.workflows()
            .publish(
                name + ".yaml",
                text.replace("workflow: escalate", "workflow: " + name),
                Actor.SYSTEM);
    return name;
  }

  private Agent lead() {
    return people.agents().withId(new AgentId(Long.parseLong(colleague(Role.LEAD)))).orElseThrow();
  }

  private List<String> view(Agent owner) {
    return List.of(
        inserted(
            """
            insert into saved_view (
              name, agent_id, place, condition, ordered_by, descending, grouped_by, columns, made_at)
            select 'A view', ?, 1, condition, 'updated', true, 'none', '{}', now()
            from (select cast('{"all": []}' as jsonb) as condition) as open
            returning id
            """,
            owner.id().value()));
  }

  private List<String> bulk(Agent owner) {
    return List.of(
        inserted(
            """
            insert into bulk_change (agent_id, change, total, state, made_at)
            values (?, '{"outcome": "resolved"}', 1, 'done', now())
            returning id
            """,
            owner.id().value()));
  }

  private List<String> session(Agent owner) {
    return List.of(
        ""
            + people
                .sessions()
                .begin(owner, new Origin("Firefox on Linux", "192.0.2.7"))
                .session()
                .id()
                .value());
  }

  private List<String> passkey(Agent owner) {
    return List.of(
        inserted(
            """
            insert into passkey (
              agent, credential, public_key, attestation, client_data, name, signatures, verified, transports,
              can_be_backed_up, backed_up)
            values (?, sha256(cast(? as bytea)), '', '', '', 'A phone', 0, true, '{}', false, false)
            returning id
            """,
            owner.id().value(),
            "passkey" + NUMBER.incrementAndGet()));
  }

  private List<String> token(Agent owner) {
    var _ =
        people
            .tokens()
            .make(owner, "A program", java.util.Set.of(Scope.READ), Duration.ofDays(1))
            .expected();
    var made = "" + people.tokens().of(owner.id()).getFirst().id().value();
    people.tokens().of(owner.id()).stream()
        .skip(10)
        .forEach(old -> people.tokens().revoke(owner, old.id()));
    return List.of(made);
  }

  private List<String> putAside(Agent owner) {
    var ticket = ticket(owner);
    inserted(
        """
        insert into follow_up (ticket_id, promise, at, agent_id, set_at)
        values (?, 'A call', now() + interval '1 day', ?, now())
        returning ticket_id
        """,
        ticket.id().value(),
        owner.id().value());
    return List.of(number(ticket));
  }

  private List<String> organizationDomain() {
    var organization = settings("organization");
    var domain = "d" + NUMBER.incrementAndGet() + ".example";
    inserted(
        """
        insert into organization_domain (domain, organization, added_at)
        values (?, cast(? as bigint), now())
        returning domain
        """,
        domain,
        organization);
    return List.of(organization, domain);
  }

  private List<String> side(Agent owner) {
    var ticket = ticket(owner);
    var side =
        inserted(
            """
            insert into side_conversation (ticket_id, subject, address, name, agent_id, begun_at)
            values (?, 'Parcel', 'parcels@carrier.example', 'Parcels', ?, now())
            returning id
            """,
            ticket.id().value(),
            owner.id().value());
    inserted(
        """
        insert into side_message (side_conversation_id, direction, author_name, text, at)
        values (cast(? as bigint), 'out', 'Ines', 'Where is it?', now())
        returning id
        """,
        side);
    return List.of(number(ticket), side);
  }

  private List<String> sideFile(Agent owner) {
    var side = side(owner);
    var message =
        inserted(
            """
            insert into side_message (side_conversation_id, direction, author_name, text, at)
            values (cast(? as bigint), 'in', 'Parcels', 'Here it is', now())
            returning id
            """,
            side.getLast());
    var file =
        inserted(
            """
            insert into side_attachment (side_message_id, file_id, name, type, size)
            values (cast(? as bigint), ?, 'label.txt', 'text/plain', 5)
            returning id
            """,
            message,
            file("Label"));
    return List.of(side.getFirst(), side.getLast(), file);
  }

  private List<String> consultation(Agent owner) {
    var ticket = ticket(owner);
    return List.of(
        number(ticket),
        inserted(
            """
            insert into consultation (ticket_id, question, agent_id, by_id, asked_at)
            values (?, 'Why?', ?, ?, now())
            returning id
            """,
            ticket.id().value(),
            owner.id().value(),
            owner.id().value()));
  }

  private List<String> teamTask(Agent owner) {
    var ticket = ticket(owner);
    return List.of(
        inserted(
            """
            insert into team_task (ticket_id, text, agent_id, by_id, by_name, given_at)
            values (?, 'Look', ?, ?, 'Ada', now())
            returning id
            """,
            ticket.id().value(),
            owner.id().value(),
            owner.id().value()));
  }

  private List<String> handed(Agent owner) {
    var ticket = ticket(owner);
    inserted(
        """
        insert into hand_over (ticket_id, agent_id, note, by_id, at)
        values (?, ?, 'Be kind', ?, now())
        returning ticket_id
        """,
        ticket.id().value(),
        owner.id().value(),
        owner.id().value());
    return List.of(number(ticket));
  }

  private List<String> delivery() {
    var webhook = settings("webhook");
    return List.of(
        webhook,
        inserted(
            """
            insert into webhook_delivery (
              webhook, subject_kind, subject_id, kind, event, body, asked_at, state)
            values (cast(? as bigint), 'ticket', 0, 'ticket.opened', '1', '{}', now(), 'missed')
            returning id
            """,
            webhook));
  }

  private String colleague(Role role) {
    var email = "colleague" + NUMBER.incrementAndGet() + "@ridge.example";
    return ""
        + people
            .agents()
            .add(new NewAgent("A colleague", email, role, List.of()), Actor.SYSTEM)
            .expected()
            .id()
            .value();
  }

  private long file(String content) {
    return fileId(content).value();
  }

  private dev.evergreen.server.platform.FileId fileId(String content) {
    return desk.files().store(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
  }
}
