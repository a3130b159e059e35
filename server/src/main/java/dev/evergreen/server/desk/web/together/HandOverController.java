package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketChanges;
import dev.evergreen.server.ticket.consulting.HandOvers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// Handing a ticket over with a note, and having read it.
@Controller
final class HandOverController {
  private final Desk desk;
  private final HandOvers handOvers;
  private final TicketChanges changes;
  private final Teams teams;
  private final Agents agents;
  private final Submissions submissions;

  HandOverController(
      Desk desk,
      HandOvers handOvers,
      TicketChanges changes,
      Teams teams,
      Agents agents,
      Submissions submissions) {
    this.desk = desk;
    this.handOvers = handOvers;
    this.changes = changes;
    this.teams = teams;
    this.agents = agents;
    this.submissions = submissions;
  }

  @GetMapping("/tickets/{number}/hand-over")
  String form(@PathVariable long number, Agent agent, Model model) {
    var ticket = ticket(number, agent);
    var team = ticket.assignment().team();
    return page(ticket, team == null ? "" : "" + team.value(), "", "", "", agent, model);
  }

  @PostMapping("/tickets/{number}/hand-over")
  String handOver(
      @PathVariable long number,
      @RequestParam(required = false) @Nullable Long team,
      @RequestParam(name = "to", required = false) @Nullable Long to,
      @RequestParam(defaultValue = "") String note,
      @RequestParam long revision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var id = ticket(number, agent).id();
    var target =
        new Ticket.Assignment(
            team == null ? null : new TeamId(team), to == null ? null : new AgentId(to));
    var done =
        submissions.once(
            new Exchange(agent, request, response, model).key(),
            () ->
                changes
                    .keep(id, agent, () -> handOvers.handOver(id, target, note, revision, agent))
                    .map(kept -> kept.change().map(change -> "" + change).orElse("")));
    return switch (done) {
      case Outcome.Accepted<String>(String change) -> {
        Flash.say(
            request,
            response,
            "Handed over.",
            "/tickets/%d/changes/%s/undoing".formatted(number, change));
        yield "redirect:" + desk.afterwards(id, agent);
      }
      case Outcome.Rejected<String>(Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(
            desk.ticket(number, agent),
            team == null ? "" : "" + team,
            to == null ? "" : "" + to,
            note,
            detail,
            agent,
            model);
      }
    };
  }

  @PostMapping("/tickets/{number}/hand-over/reading")
  String read(
      @PathVariable long number,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    var ticket = desk.ticket(number, agent);
    submissions.untilKnown(() -> handOvers.read(ticket, agent).expected());
    Flash.say(request, response, "Read.");
    return "redirect:/tickets/" + number;
  }

  private String page(
      Ticket ticket,
      String team,
      String to,
      String note,
      String problem,
      Agent agent,
      Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page",
        new HandingOverPage(
            ticket, new Addressees(teams.all(), agents.active()), team, to, note, problem));
    return "desk/together/hand_over";
  }

  private Ticket ticket(long number, Agent agent) {
    var ticket = desk.ticket(number, agent, Permission.INVOLVE);
    if (!ticket.isFor(agent, Permission.ASSIGN)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return ticket;
  }
}
