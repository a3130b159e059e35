package dev.evergreen.server.desk.web;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Profile;
import dev.evergreen.server.customer.Segments;
import dev.evergreen.server.desk.web.together.Togethers;
import dev.evergreen.server.feedback.Surveys;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Stretch;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.view.View;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.WorkflowRun;
import dev.evergreen.server.workflow.web.CasePath;
import dev.evergreen.server.workflow.web.NextSteps;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the regions of one ticket show, each by itself, for the first load and every later one.
@Component
public final class Regions {

  private static final int OTHERS = 6;
  private static final int PATHS = 3;

  private final Tickets tickets;
  private final Customers customers;
  private final Segments segments;
  private final Agents agents;
  private final Teams teams;
  private final Surveys surveys;
  private final NextSteps nextSteps;
  private final Runs runs;
  private final Writing writing;
  private final Timelines timelines;
  private final RelatedTickets related;
  private final Watches watches;
  private final Togethers togethers;
  private final Offering offering;

  Regions(
      Tickets tickets,
      Customers customers,
      Segments segments,
      Agents agents,
      Teams teams,
      Surveys surveys,
      NextSteps nextSteps,
      Runs runs,
      Writing writing,
      Timelines timelines,
      RelatedTickets related,
      Watches watches,
      Togethers togethers,
      Offering offering) {
    this.tickets = tickets;
    this.customers = customers;
    this.segments = segments;
    this.agents = agents;
    this.teams = teams;
    this.surveys = surveys;
    this.nextSteps = nextSteps;
    this.runs = runs;
    this.writing = writing;
    this.timelines = timelines;
    this.related = related;
    this.watches = watches;
    this.togethers = togethers;
    this.offering = offering;
  }

  /// What is wanted of the page: beside which list, which part of the conversation, and what was
  /// refused before.
  record Wanted(View view, Stretch stretch, Refusal refusal) {}

  Screen screen(Ticket ticket, Wanted wanted, Agent reader) {
    var around = around(ticket);
    var timeline = timeline(ticket, wanted.stretch(), around, reader);
    return new Screen(
        head(ticket, wanted.view(), around, reader),
        timeline,
        writing.held(ticket, reader),
        writing.composer(
            ticket,
            new Writing.Setting(
                around.profile().customer(),
                timeline,
                wanted.refusal(),
                wanted.view().key(),
                around.offered(reader)),
            reader),
        next(ticket, wanted.refusal(), around, reader),
        details(ticket, around, reader),
        related.of(ticket, reader),
        watches.of(ticket, reader),
        togethers.of(ticket, reader),
        customer(ticket, around, reader),
        wanted.refusal().problem());
  }

  NextPanel next(Ticket ticket, Agent reader) {
    return next(ticket, new Refusal.None(), around(ticket), reader);
  }

  Head head(Ticket ticket, View view, Agent reader) {
    return head(ticket, view, around(ticket), reader);
  }

  public Details details(Ticket ticket, Agent reader) {
    return details(ticket, around(ticket), reader);
  }

  CustomerPanel customer(Ticket ticket, Agent reader) {
    return customer(ticket, around(ticket), reader);
  }

  Timeline timeline(Ticket ticket, Stretch stretch, Agent reader) {
    return timeline(ticket, stretch, around(ticket), reader);
  }

  /// What several regions of one page tell from: each part is read when first asked for, and once.
  private final class Around {
    private final Ticket ticket;
    private final Colleagues colleagues = new Colleagues(teams, agents);
    private @Nullable Profile profile;
    private @Nullable List<WorkflowRun> runsAbout;
    private @Nullable Offered offered;

    private Around(Ticket ticket) {
      this.ticket = ticket;
    }

    private Profile profile() {
      if (profile == null) {
        profile =
            customers
                .profile(ticket.customer())
                .orElseThrow(() ->
                    new IllegalStateException(
                        "expected the customer of ticket " + ticket.id() + ", but found none"));
      }
      return profile;
    }

    private Offered offered(Agent reader) {
      if (offered == null) {
        offered = offering.on(ticket, reader);
      }
      return offered;
    }

    private List<WorkflowRun> runs() {
      if (runsAbout == null) {
        runsAbout = runs.of(ticket.id().subject());
      }
      return runsAbout;
    }
  }

  private Around around(Ticket ticket) {
    return new Around(ticket);
  }

  private NextPanel next(Ticket ticket, Refusal refusal, Around around, Agent reader) {
    var about = new NextSteps.About(ticket.id().subject(), around.runs());
    var step =
        refusal instanceof Refusal.OfStep(var task, var answers, var completion)
            ? nextSteps.after(about, reader, task.id(), answers, completion)
            : nextSteps.of(about, reader);
    var paths = around.runs().stream().limit(PATHS).map(CasePath::of).toList();
    return new NextPanel(ticket.id().value(), step, paths);
  }

  private Head head(Ticket ticket, View view, Around around, Agent reader) {
    var agent = ticket.assignment().agent();
    return new Head(
        ticket,
        around.profile().customer().name(),
        agent == null ? null : around.colleagues.agent(agent.value()),
        view.key(),
        around.offered(reader),
        ticket.isFor(reader, Permission.CLOSE));
  }

  private Details details(Ticket ticket, Around around, Agent reader) {
    return Details.of(ticket, around.colleagues, around.offered(reader), reader);
  }

  private CustomerPanel customer(Ticket ticket, Around around, Agent reader) {
    var others =
        tickets.visibleTo(reader).of(ticket.customer(), OTHERS + 1).stream()
            .filter(other -> !other.id().equals(ticket.id()))
            .limit(OTHERS)
            .map(CustomerPanel.Other::of)
            .toList();
    return new CustomerPanel(
        ticket.id().value(),
        around.profile(),
        segments.of(ticket.customer()),
        others,
        surveys.of(ticket.id()).orElse(null),
        reader.may(Permission.SEE_CUSTOMERS));
  }

  private Timeline timeline(Ticket ticket, Stretch stretch, Around around, Agent reader) {
    return timelines.of(
        ticket, stretch, new Timelines.Beside(around.runs(), around.colleagues), reader);
  }
}
