package dev.evergreen.server.ticket.consulting;

import static dev.evergreen.server.ticket.TicketWriting.parameters;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import dev.evergreen.server.ticket.TicketWriting;
import dev.evergreen.server.ticket.Tickets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Questions among colleagues about a ticket. Question and answer stand in the timeline as notes,
/// so that whoever reads it later knows why; beside the ticket the question stays until somebody
/// has answered, and whoever asked is told.
@Component
public class Consultations {
  private static final int LONGEST = 4_000;
  private static final int MOST = 50;

  private static final String FOUND =
      """
      consultation.*,
      coalesce(asked.name, team.name) as asked_name,
      asker.name as asker_name,
      answering.name as answering_name
      from consultation
      join agent as asker on asker.id = consultation.by_id
      left join agent as asked on asked.id = consultation.agent_id
      left join team on team.id = consultation.team_id
      left join agent as answering on answering.id = consultation.answered_by
      """;

  private final JdbcClient jdbc;
  private final Tickets tickets;
  private final TicketWriting writing;
  private final Conversations conversations;
  private final Agents agents;
  private final Teams teams;
  private final DatabaseClock clock;

  Consultations(
      JdbcClient jdbc,
      Tickets tickets,
      TicketWriting writing,
      Conversations conversations,
      Agents agents,
      Teams teams,
      DatabaseClock clock) {
    this.jdbc = jdbc;
    this.tickets = tickets;
    this.writing = writing;
    this.conversations = conversations;
    this.agents = agents;
    this.teams = teams;
    this.clock = clock;
  }

  /// The newest on a ticket that the caller has found for whoever looks, and on what lives on in
  /// it: those without an answer first.
  public List<Consultation> of(TicketId ticket) {
    return jdbc.sql(
            "select "
                + FOUND
                + """
                where consultation.withdrawn_at is null
                  and consultation.ticket_id in (
                    select :ticket
                    union all
                    select ticket_id from merge where into_id = :ticket)
                order by consultation.answered_at is not null, consultation.id desc
                limit :most
                """)
        .param("ticket", ticket.value())
        .param("most", MOST)
        .query(Consultations::read)
        .list();
  }

  public Optional<Consultation> withId(ConsultationId id) {
    return jdbc.sql(
            "select " + FOUND + "where consultation.id = :id and consultation.withdrawn_at is null")
        .param("id", id.value())
        .query(Consultations::read)
        .optional();
  }

  /// Asks one colleague for whom the ticket exists.
  @Transactional
  public Outcome<Consultation> ask(TicketId ticket, AgentId whom, String question, Agent by) {
    var colleague =
        agents
            .withId(whom)
            .filter(Agent::active)
            .filter(one -> tickets.visibleTo(one).get(ticket).isPresent());
    if (colleague.isEmpty() || whom.equals(by.id())) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a colleague who can see this ticket, other than yourself.");
    }
    return asked(ticket, whom, null, colleague.get().name(), Set.of(whom), question, by);
  }

  /// Asks whoever leads a team.
  @Transactional
  public Outcome<Consultation> askLeads(TicketId ticket, TeamId team, String question, Agent by) {
    var leads =
        teams.members(team).stream()
            .filter(one -> one.may(Permission.LEAD))
            .map(Agent::id)
            .filter(one -> !one.equals(by.id()))
            .collect(Collectors.toSet());
    var name = teams.withId(team).map(Team::name).orElse("That team");
    return leads.isEmpty()
        ? Outcome.rejected(
            Reason.INVALID,
            "%s has no lead other than you; ask a colleague by name.".formatted(name))
        : asked(ticket, null, team, "the leads of " + name, leads, question, by);
  }

  private Outcome<Consultation> asked(
      TicketId ticket,
      @Nullable AgentId whom,
      @Nullable TeamId team,
      String name,
      Set<AgentId> told,
      String question,
      Agent by) {
    var text = question.strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      return Outcome.rejected(Reason.INVALID, "Expected a question of 1 to 4,000 letters.");
    }
    writing.locked(ticket);
    var id =
        jdbc.sql(
                """
                insert into consultation (ticket_id, question, agent_id, team_id, by_id, asked_at)
                values (
                  :ticket, :question, cast(:agent as bigint), cast(:team as bigint), :by, :now)
                returning id
                """)
            .params(
                parameters(
                    "ticket",
                    ticket.value(),
                    "question",
                    text,
                    "agent",
                    whom == null ? null : whom.value(),
                    "team",
                    team == null ? null : team.value(),
                    "by",
                    by.id().value(),
                    "now",
                    TicketRows.stored(clock.instant())))
            .query((row, _) -> new ConsultationId(row.getLong("id")))
            .single();
    tell(ticket, "ticket.consulted", by, Map.of("to", name, "tell", numbers(told)));
    var _ = conversations.note(ticket, text, by).expected();
    return Outcome.accepted(withId(id).orElseThrow());
  }

  /// Whoever is asked answers; the first answer counts.
  @Transactional
  public Outcome<Consultation> answer(ConsultationId id, String answer, Agent by) {
    var text = answer.strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      return Outcome.rejected(Reason.INVALID, "Expected an answer of 1 to 4,000 letters.");
    }
    var open = open(id);
    if (open.isEmpty()) {
      return answered();
    }
    if (!open.get().asks(by)) {
      return Outcome.rejected(
          Reason.INVALID, "This question is to %s.".formatted(open.get().asked().shown()));
    }
    jdbc.sql(
            """
            update consultation
            set answer = :answer, answered_by = :by, answered_at = :now
            where id = :id
            """)
        .param("answer", text)
        .param("by", by.id().value())
        .param("now", TicketRows.stored(clock.instant()))
        .param("id", id.value())
        .update();
    var asker = open.get().asker();
    tell(
        open.get().ticket(),
        "ticket.consultation-answered",
        by,
        Map.of("to", asker.name(), "tell", numbers(Set.of(asker.agent()))));
    var _ = conversations.note(open.get().ticket(), text, by).expected();
    return Outcome.accepted(withId(id).orElseThrow());
  }

  /// Whoever asked no longer wants to know.
  @Transactional
  public Outcome<Consultation> withdraw(ConsultationId id, Agent by) {
    var open = open(id);
    if (open.isEmpty()) {
      return answered();
    }
    if (!open.get().asker().agent().equals(by.id())) {
      return Outcome.rejected(Reason.INVALID, "Only whoever asked takes a question back.");
    }
    jdbc.sql("update consultation set withdrawn_at = :now where id = :id")
        .param("now", TicketRows.stored(clock.instant()))
        .param("id", id.value())
        .update();
    tell(
        open.get().ticket(),
        "ticket.consultation-withdrawn",
        by,
        Map.of("to", open.get().asked().shown()));
    return Outcome.accepted(open.get());
  }

  private static Outcome<Consultation> answered() {
    return Outcome.rejected(
        Reason.OUTDATED, "This question is no longer open; somebody was faster. Look at it.");
  }

  /// Under its ticket's lock, if nobody has answered.
  private Optional<Consultation> open(ConsultationId id) {
    withId(id).ifPresent(found -> writing.locked(found.ticket()));
    return withId(id).filter(Consultation::isOpen);
  }

  private void tell(TicketId ticket, String kind, Agent by, Map<String, Object> data) {
    writing.append(
        writing.update(
            """
            update ticket
            set has_beside = true, updated_at = :at, revision = revision + 1
            where id = :id
            returning *
            """,
            ticket,
            Map.of("at", TicketRows.stored(clock.instant()))),
        kind,
        by.actor(),
        data);
  }

  private static List<Long> numbers(Set<AgentId> agents) {
    return agents.stream().map(AgentId::value).sorted().toList();
  }

  private static Consultation read(ResultSet row, int number) throws SQLException {
    @Nullable Long agent = row.getObject("agent_id", Long.class);
    @Nullable Long team = row.getObject("team_id", Long.class);
    return new Consultation(
        new ConsultationId(row.getLong("id")),
        new TicketId(row.getLong("ticket_id")),
        row.getString("question"),
        new Consultation.Asked(
            agent == null ? null : new AgentId(agent),
            team == null ? null : new TeamId(team),
            row.getString("asked_name")),
        new Consultation.Asker(
            new AgentId(row.getLong("by_id")),
            row.getString("asker_name"),
            TicketRows.at(row, "asked_at")),
        row.getObject("answered_at") == null
            ? null
            : new Consultation.Answer(
                row.getString("answer"),
                row.getString("answering_name"),
                TicketRows.at(row, "answered_at")));
  }
}
