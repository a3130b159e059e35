package dev.evergreen.server.desk.web;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Profile;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.Tasks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What the regions of one ticket show, each by itself, for the first load and every later one.
@Component
final class Regions {

  private static final int OTHERS = 6;

  private final Tickets tickets;
  private final Customers customers;
  private final Agents agents;
  private final Teams teams;
  private final Tasks tasks;
  private final Writing writing;

  Regions(
      Tickets tickets,
      Customers customers,
      Agents agents,
      Teams teams,
      Tasks tasks,
      Writing writing) {
    this.tickets = tickets;
    this.customers = customers;
    this.agents = agents;
    this.teams = teams;
    this.tasks = tasks;
    this.writing = writing;
  }

  Screen screen(Ticket ticket, String view, Agent reader) {
    Task next = tasks.of(ticket.id().subject()).stream().findFirst().orElse(null);
    return new Screen(
        head(ticket, view),
        timeline(ticket, reader),
        writing.composer(ticket, reader),
        details(ticket, reader),
        customer(ticket, reader),
        next == null
            ? new Screen.Next(null, null)
            : new Screen.Next(next.title(), next.progress().dueAt()));
  }

  Head head(Ticket ticket, String view) {
    return new Head(
        ticket,
        profile(ticket).customer().name(),
        Optional.ofNullable(ticket.assignment().agent())
            .flatMap(agents::withId)
            .map(Agent::name)
            .orElse(null),
        view);
  }

  Details details(Ticket ticket, Agent reader) {
    return Details.of(ticket, teams.all(), agents.active(), reader);
  }

  CustomerPanel customer(Ticket ticket, Agent reader) {
    var others =
        tickets.visibleTo(reader).of(ticket.customer(), OTHERS + 1).stream()
            .filter(other -> !other.id().equals(ticket.id()))
            .limit(OTHERS)
            .map(CustomerPanel.Other::of)
            .toList();
    return new CustomerPanel(ticket.id().value(), profile(ticket), others);
  }

  Timeline timeline(Ticket ticket, Agent reader) {
    var conversation = tickets.visibleTo(reader).conversation(ticket);
    var entries = new ArrayList<Timeline.Entry>();
    conversation.messages().forEach(message -> entries.add(said(message)));
    conversation
        .notes()
        .forEach(note ->
            entries.add(
                new Timeline.Entry.Noted(note.revision(), note.at(), note.author(), note.text())));
    for (var entry : conversation.entries()) {
      var happening = Happening.of(entry, new NamesById(teams, agents));
      if (happening != null) {
        entries.add(
            new Timeline.Entry.Happened(
                entry.revision(), entry.at(), happening.icon(), happening.who(), happening.what()));
      }
    }
    entries.sort(Comparator.comparingLong(Timeline.Entry::revision));
    return new Timeline(ticket.id().value(), entries, null);
  }

  private static Timeline.Entry said(Message message) {
    return new Timeline.Entry.Said(
        message.revision(),
        message.at(),
        message.author(),
        new Timeline.Words(
            message.body().text(),
            "",
            message.body().html() == null ? null : "/messages/" + message.id().value() + "/frame"),
        message.body().attachments().stream().map(Timeline.Attached::of).toList());
  }

  private Profile profile(Ticket ticket) {
    return customers
        .profile(ticket.customer())
        .orElseThrow(() ->
            new IllegalStateException(
                "expected the customer of ticket " + ticket.id() + ", but found none"));
  }

  private record NamesById(Teams teams, Agents agents) implements Happening.Names {
    @Override
    public String team(long id) {
      return teams.withId(new TeamId(id)).map(Team::name).orElse("a team");
    }

    @Override
    public String agent(long id) {
      return agents.withId(new AgentId(id)).map(Agent::name).orElse("somebody");
    }
  }
}
