package dev.evergreen.server.desk.web;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Profile;
import dev.evergreen.server.feedback.Surveys;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Stretch;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.web.CasePath;
import dev.evergreen.server.workflow.web.NextStep;
import dev.evergreen.server.workflow.web.NextSteps;
import java.util.Optional;
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
  private final Timelines timelines;

  Regions(
      Tickets tickets,
      Customers customers,
      Agents agents,
      Teams teams,
      Surveys surveys,
      NextSteps nextSteps,
      Runs runs,
      Writing writing,
      Timelines timelines) {
    this.tickets = tickets;
    this.customers = customers;
    this.agents = agents;
    this.teams = teams;
    this.surveys = surveys;
    this.nextSteps = nextSteps;
    this.runs = runs;
    this.writing = writing;
    this.timelines = timelines;
  }

  /// What is wanted of the page: beside which list, which part of the conversation, and what was
  /// refused before.
  record Wanted(ListView view, Stretch stretch, Refusal refusal) {}

  Screen screen(Ticket ticket, Wanted wanted, Agent reader) {
    return new Screen(
        head(ticket, wanted.view()),
        timeline(ticket, wanted.stretch(), reader),
        writing.composer(ticket, wanted.refusal(), reader),
        panel(ticket, step(ticket, wanted.refusal(), reader)),
        details(ticket, reader),
        customer(ticket, reader),
        wanted.refusal().problem());
  }

  NextPanel next(Ticket ticket, Agent reader) {
    return panel(ticket, step(ticket, new Refusal.None(), reader));
  }

  private NextStep step(Ticket ticket, Refusal refusal, Agent reader) {
    return refusal instanceof Refusal.OfStep(var task, var answers, var completion)
        ? nextSteps.after(ticket.id().subject(), reader, task.id(), answers, completion)
        : nextSteps.of(ticket.id().subject(), reader);
  }

  private NextPanel panel(Ticket ticket, NextStep step) {
    var paths = runs.of(ticket.id().subject()).stream().limit(PATHS).map(CasePath::of).toList();
    return new NextPanel(ticket.id().value(), step, paths);
  }

  Head head(Ticket ticket, ListView view) {
    return new Head(
        ticket,
        profile(ticket).customer().name(),
        Optional.ofNullable(ticket.assignment().agent())
            .flatMap(agents::withId)
            .map(Agent::name)
            .orElse(null),
        view.key());
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
        ticket.id().value(), profile(ticket), others, surveys.of(ticket.id()).orElse(null));
  }

  Timeline timeline(Ticket ticket, Stretch stretch, Agent reader) {
    return timelines.of(ticket, stretch, reader);
  }

  private Profile profile(Ticket ticket) {
    return customers
        .profile(ticket.customer())
        .orElseThrow(() ->
            new IllegalStateException(
                "expected the customer of ticket " + ticket.id() + ", but found none"));
  }
}
