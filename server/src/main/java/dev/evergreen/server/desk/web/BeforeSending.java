package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.CrossedAnswers;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Link;
import dev.evergreen.server.ticket.SettlingRules;
import dev.evergreen.server.ticket.StatusId;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketStatus;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.composing.Macro;
import dev.evergreen.server.ticket.composing.MacroEffects;
import dev.evergreen.server.ticket.composing.Macros;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Looks before something is sent whether anything stands in its way that its writer should know
/// while the words are still theirs: a colleague's answer, what the ticket lacks to be settled with
/// it, and what others still do on it.
@Component
final class BeforeSending {
  private static final int MOST_LINKS = 100;

  private final CrossedAnswers crossed;
  private final Tickets tickets;
  private final Statuses statuses;
  private final SettlingRules rules;
  private final Macros macros;

  BeforeSending(
      CrossedAnswers crossed,
      Tickets tickets,
      Statuses statuses,
      SettlingRules rules,
      Macros macros) {
    this.crossed = crossed;
    this.tickets = tickets;
    this.statuses = statuses;
    this.rules = rules;
    this.macros = macros;
  }

  Optional<Refusal> objection(Ticket ticket, Entry entry, Agent agent) {
    var faster = entry.crossing(crossed, ticket, agent);
    if (faster.isPresent()) {
      return Optional.of(new Refusal.OfCrossing(entry.draft(false), faster.get()));
    }
    var effects =
        Optional.ofNullable(entry.macro())
            .flatMap(id -> macros.visibleTo(agent, id))
            .map(Macro::effects)
            .orElse(MacroEffects.NONE);
    var settling = entry.settling().orElse(effects.settling());
    return settling.status() == null && settling.outcome() == null
        ? Optional.empty()
        : toSettling(ticket, entry, settling, effects.sorts().fields().keySet(), agent);
  }

  /// What is there to be done by others is told once; what is missing each time.
  private Optional<Refusal> toSettling(
      Ticket ticket, Entry entry, MacroEffects.Settling settling, Set<String> filled, Agent agent) {
    var outcome = Objects.requireNonNullElse(settling.outcome(), "");
    var status = Optional.ofNullable(settling.status()).flatMap(this::offered);
    var missing =
        status
            .map(wanted -> rules.toStatus(ticket, wanted, outcome, filled, agent.actor()))
            .orElseGet(() ->
                settling.status() == null
                    ? rules.toClosing(ticket, outcome, filled, agent.actor())
                    : Optional.empty());
    if (missing.isPresent()) {
      return Optional.of(
          new Refusal.OfWords(entry.draft(false), "Not sent: " + continued(missing.get())));
    }
    var settles = status.map(SettlingRules::settles).orElse(settling.status() == null);
    if (!settles || entry.anyway() != null) {
      return Optional.empty();
    }
    var open = open(ticket, agent);
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(new Refusal.OfUnfinished(entry.draft(false), open));
  }

  /// A sentence as the rest of one.
  private static String continued(String sentence) {
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private Optional<TicketStatus> offered(StatusId wanted) {
    return statuses.all().offered().stream().filter(one -> one.id().equals(wanted)).findFirst();
  }

  /// What others still do here, as the beginning of a sentence; empty for nothing.
  private String open(Ticket ticket, Agent agent) {
    var parts = new ArrayList<String>();
    var beside = ticket.beside();
    add(parts, beside.openTasks(), "task", "tasks");
    add(parts, beside.openSides(), "side conversation", "side conversations");
    add(parts, below(ticket, agent), "ticket below it", "tickets below it");
    if (parts.isEmpty()) {
      return "";
    }
    int all = beside.openTasks() + beside.openSides() + below(ticket, agent);
    return String.join(" and ", parts) + (all == 1 ? " is" : " are");
  }

  private int below(Ticket ticket, Agent agent) {
    return (int)
        tickets.visibleTo(agent).links(ticket.id(), MOST_LINKS).stream()
            .filter(link -> link.role() == Link.Role.PART || link.role() == Link.Role.INCIDENT)
            .filter(link -> !link.other().isClosed())
            .count();
  }

  private static void add(List<String> parts, int count, String one, String many) {
    if (count > 0) {
      parts.add(count + " " + (count == 1 ? one : many));
    }
  }
}
