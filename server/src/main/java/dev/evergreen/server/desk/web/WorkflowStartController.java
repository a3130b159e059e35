package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.StartsByHand;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.web.StartPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/// Workflows that an agent starts on a ticket: to choose from, and the form of one. For light
/// collaborators there are no such pages.
@Controller
final class WorkflowStartController {
  private final Desk desk;
  private final StartsByHand starts;
  private final Runs runs;
  private final Submissions submissions;

  WorkflowStartController(Desk desk, StartsByHand starts, Runs runs, Submissions submissions) {
    this.desk = desk;
    this.starts = starts;
    this.runs = runs;
    this.submissions = submissions;
  }

  @GetMapping("/tickets/{number}/workflows")
  String choose(@PathVariable long number, Agent agent, Model model) {
    Ticket ticket = ticket(number, agent);
    var about = runs.of(ticket.id().subject());
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page",
        new StartPage(
            ticket.id() + " " + ticket.subject(),
            "/tickets/" + number,
            starts.about("ticket").stream()
                .map(version -> StartPage.choice(version, about))
                .toList()));
    return "workflow/starts";
  }

  @GetMapping("/tickets/{number}/workflows/{name}")
  String form(@PathVariable long number, @PathVariable String name, Agent agent, Model model) {
    return form(ticket(number, agent), version(name), StartPage.Sent.NOTHING, agent, model);
  }

  @PostMapping("/tickets/{number}/workflows/{name}")
  String start(
      @PathVariable long number,
      @PathVariable String name,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Ticket ticket = ticket(number, agent);
    Version version = version(name);
    var exchange = new Exchange(agent, request, response, model);
    var given = starts.read(version, exchange.sent(), Page.zoneOf(request));
    if (!given.wrong().isEmpty()) {
      response.setStatus(Outcome.Reason.INVALID.status());
      var sent =
          new StartPage.Sent(
              exchange.sent(),
              given.wrong(),
              "Something is missing or does not fit; nothing has started yet.");
      return form(ticket, version, sent, agent, model);
    }
    var started =
        submissions.once(
            exchange.key(),
            () ->
                starts
                    .start(name, ticket.id().subject(), given.data(), agent)
                    .map(run -> "Started “" + version.title() + "”."));
    return switch (started) {
      case Outcome.Accepted<String>(String said) -> {
        Flash.say(request, response, said);
        yield "redirect:/tickets/" + number;
      }
      case Outcome.Rejected<String>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        var sent = new StartPage.Sent(exchange.sent(), Map.of(), detail);
        yield form(ticket, version, sent, agent, model);
      }
    };
  }

  private String form(
      Ticket ticket, Version version, StartPage.Sent sent, Agent agent, Model model) {
    String path = "/tickets/" + ticket.id().value();
    model.addAttribute("agent", agent);
    model.addAttribute("about", ticket.id() + " " + ticket.subject());
    model.addAttribute(
        "form",
        new StartPage.Form(
            StartPage.choice(version, runs.of(ticket.id().subject())),
            path + "/workflows/" + version.name(),
            path,
            StartPage.fields(version, sent),
            sent.problem()));
    return "workflow/start";
  }

  private Ticket ticket(long number, Agent agent) {
    return desk.ticket(number, agent, Permission.INVOLVE);
  }

  private Version version(String name) {
    return starts
        .withName(name)
        .filter(version -> version.definition().about().equals("ticket"))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
