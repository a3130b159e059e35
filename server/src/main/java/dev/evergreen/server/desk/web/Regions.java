package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.Originals;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Profile;
import dev.evergreen.server.feedback.Survey;
import dev.evergreen.server.feedback.Surveys;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Conversation;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.workflow.Completion;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.web.CasePath;
import dev.evergreen.server.workflow.web.NextStep;
import dev.evergreen.server.workflow.web.NextSteps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// What the regions of one ticket show, each by itself, for the first load and every later one.
@Component
final class Regions {

  private static final int OTHERS = 6;
  private static final int PATHS = 3;

  private final Tickets tickets;
  private final Customers customers;
  private final Agents agents;
  private final Teams teams;
  private final Surveys surveys;
  private final NextSteps nextSteps;
  private final Runs runs;
  private final Writing writing;
  private final Originals originals;

  Regions(
      Tickets tickets,
      Customers customers,
      Agents agents,
      Teams teams,
      Surveys surveys,
      NextSteps nextSteps,
      Runs runs,
      Writing writing,
      Originals originals) {
    this.tickets = tickets;
    this.customers = customers;
    this.agents = agents;
    this.teams = teams;
    this.surveys = surveys;
    this.nextSteps = nextSteps;
    this.runs = runs;
    this.writing = writing;
    this.originals = originals;
  }

  Screen screen(Ticket ticket, String view, Agent reader) {
    return screen(ticket, view, reader, next(ticket, reader));
  }

  /// The same after a step's form was sent that could not be taken.
  Screen screenAfter(
      Ticket ticket, Task task, Map<String, String> answers, Completion completion, Agent reader) {
    var step = nextSteps.after(ticket.id().subject(), reader, task.id(), answers, completion);
    return screen(ticket, ListView.MINE.key(), reader, panel(ticket, step));
  }

  private Screen screen(Ticket ticket, String view, Agent reader, NextPanel next) {
    return new Screen(
        head(ticket, view),
        timeline(ticket, reader),
        writing.composer(ticket, reader),
        next,
        details(ticket, reader),
        customer(ticket, reader));
  }

  NextPanel next(Ticket ticket, Agent reader) {
    return panel(ticket, nextSteps.of(ticket.id().subject(), reader));
  }

  private NextPanel panel(Ticket ticket, NextStep step) {
    var paths = runs.of(ticket.id().subject()).stream().limit(PATHS).map(CasePath::of).toList();
    return new NextPanel(ticket.id().value(), step, paths);
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
    return new CustomerPanel(
        ticket.id().value(),
        profile(ticket),
        others,
        surveys.of(ticket.id()).map(Survey::answer).orElse(null));
  }

  Timeline timeline(Ticket ticket, Agent reader) {
    var conversation = tickets.visibleTo(reader).conversation(ticket);
    var entries = new ArrayList<Timeline.Entry>();
    var mails = originals.placesOn(ticket.id());
    var automatic = automatic(conversation);
    for (var message : conversation.messages()) {
      var place = message.revision();
      entries.add(said(message, mails.contains(place), automatic.contains(place)));
    }
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

  /// Where machines wrote in the customer's place.
  private static Set<Long> automatic(Conversation conversation) {
    return conversation.entries().stream()
        .filter(entry -> entry.kind().equals("ticket.automatic-mail"))
        .map(Ledger.Entry::revision)
        .collect(Collectors.toSet());
  }

  private static Timeline.Entry said(Message message, boolean cameByMail, boolean isAutomatic) {
    var body = message.body();
    return new Timeline.Entry.Said(
        message.revision(),
        message.at(),
        message.author(),
        isAutomatic,
        new Timeline.Words(
            body.news(),
            body.repeated(),
            body.html() == null ? null : "/messages/" + message.id().value() + "/frame",
            cameByMail
                ? "/tickets/%d/entries/%d/original"
                    .formatted(message.ticket().value(), message.revision())
                : null),
        body.attachments().stream().map(Timeline.Attached::of).toList());
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
