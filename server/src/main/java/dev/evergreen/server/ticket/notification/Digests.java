package dev.evergreen.server.ticket.notification;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.AgentMail;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import dev.evergreen.server.ticket.Tickets;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Gathers into one mail what an agent was told of and has not looked at. The first thing to be
/// told sets a due time, so much later as the agent wants mails apart; whatever comes until then
/// goes along. The letter is written down in the transaction that takes the due time away and marks
/// what it tells: however many nodes there are, each thing is told in one mail.
@Component
final class Digests implements DueReaction {
  private static final String DUE = "ticket.digest";

  /// So many are told one by one.
  private static final int MOST = 30;

  private final JdbcClient jdbc;
  private final Due due;
  private final DatabaseClock clock;
  private final Agents agents;
  private final Tickets tickets;
  private final DigestLinks links;
  private final List<AgentMail> mail;

  Digests(
      JdbcClient jdbc,
      Due due,
      DatabaseClock clock,
      Agents agents,
      Tickets tickets,
      DigestLinks links,
      ObjectProvider<AgentMail> mail) {
    this.jdbc = jdbc;
    this.due = due;
    this.clock = clock;
    this.agents = agents;
    this.tickets = tickets;
    this.links = links;
    this.mail = mail.orderedStream().toList();
  }

  /// Sees to it that an agent gets a mail so much later, or with the one that is due already. In
  /// the caller's transaction.
  void plan(AgentId agent, Duration pace) {
    due.setIfNone(DUE, "" + agent.value(), clock.instant().plus(pace));
  }

  @Override
  public String kind() {
    return DUE;
  }

  @Override
  public void fire(Due.Item item) {
    var id = new AgentId(Long.parseLong(item.key()));
    var carrier = mail.stream().filter(AgentMail::isPossible).findFirst();
    var agent = agents.withId(id).filter(Agent::active);
    if (carrier.isPresent() && agent.isPresent() && wantsMail(id)) {
      var gathered = gathered(agent.get());
      if (!gathered.isEmpty()) {
        carrier
            .get()
            .post(
                agent.get(),
                subject(gathered.size()),
                text(agent.get(), gathered),
                "digest/%d/%d".formatted(id.value(), gathered.getFirst().id()));
      }
    }
  }

  private boolean wantsMail(AgentId id) {
    return jdbc.sql("select exists (select from digest where agent_id = :agent) as wanted")
        .param("agent", id.value())
        .query((row, _) -> row.getBoolean("wanted"))
        .single();
  }

  private record Gathered(
      long id, TicketId ticket, String subject, NotificationKind kind, String by) {}

  /// What is unread and was in no mail yet, the newest first, as far as it still exists for the
  /// agent; from now on it was in one.
  private List<Gathered> gathered(Agent agent) {
    var found =
        jdbc.sql(
                """
                with gathered as (
                  update notification set mailed_at = :now
                  where agent_id = :agent and by_mail and read_at is null and mailed_at is null
                  returning id, ticket_id, kind, by_name
                )
                select gathered.*, ticket.subject
                from gathered
                join ticket on ticket.id = gathered.ticket_id
                order by gathered.id desc
                """)
            .param("agent", agent.id().value())
            .param("now", TicketRows.stored(clock.instant()))
            .query((row, _) ->
                new Gathered(
                    row.getLong("id"),
                    new TicketId(row.getLong("ticket_id")),
                    row.getString("subject"),
                    NotificationKind.of(row.getString("kind")),
                    row.getString("by_name")))
            .list();
    var visible =
        tickets
            .visibleTo(agent)
            .subjects(found.stream().map(one -> one.ticket().value()).distinct().toList());
    return found.stream().filter(one -> visible.containsKey(one.ticket())).toList();
  }

  private static String subject(int things) {
    return things == 1 ? "Something that concerns you" : things + " things that concern you";
  }

  private String text(Agent agent, List<Gathered> gathered) {
    var text =
        new StringBuilder(
            "Hello %s,\n\nyou have not looked at this yet:\n".formatted(agent.name()));
    for (var one : gathered.subList(0, Math.min(MOST, gathered.size()))) {
      text.append(
          """

          %s (%s)
          %s: %s
          %s
          """
              .formatted(
                  one.kind().title(),
                  one.by(),
                  one.ticket(),
                  one.subject(),
                  links.page("/tickets/" + one.ticket().value())));
    }
    if (gathered.size() > MOST) {
      text.append(
          "\nAnd %d more: %s\n".formatted(gathered.size() - MOST, links.page("/notifications")));
    }
    return text.append(
            """

            This mail only tells you; an answer to it reaches nobody.
            What you are told of, and how often: %s
            No more of these mails: %s
            """
                .formatted(links.page("/account/notifications"), links.noMore(agent.id())))
        .toString();
  }
}
