package dev.evergreen.server.desk.web.relation;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.relation.Merges;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Merging two tickets: choosing the other, looking at what would come of it, doing it, and taking
/// it back.
@Controller
final class MergeController {
  private final Desk desk;
  private final OtherTickets others;
  private final Mergings mergings;
  private final Merges merges;
  private final Submissions submissions;

  MergeController(
      Desk desk, OtherTickets others, Mergings mergings, Merges merges, Submissions submissions) {
    this.desk = desk;
    this.others = others;
    this.mergings = mergings;
    this.merges = merges;
    this.submissions = submissions;
  }

  @GetMapping("/tickets/{number}/merge")
  String look(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String words,
      @RequestParam(required = false) @Nullable Long into,
      Agent agent,
      Model model) {
    var ticket = ticket(number, agent);
    return into == null
        ? page(ticket, words, null, "", agent, model)
        : page(ticket, words, mergings.preview(ticket, ticket(into, agent)), "", agent, model);
  }

  @PostMapping("/tickets/{number}/merge")
  String merge(
      @PathVariable long number,
      @RequestParam long revision,
      @RequestParam long into,
      @RequestParam long intoRevision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = ticket(number, agent);
    var target = ticket(into, agent);
    var merged =
        submissions.once(
            new Exchange(agent, request, response, model).key(),
            () ->
                mergings
                    .merge(ticket.id(), revision, target.id(), intoRevision, agent)
                    .map(merge -> "%s lives on here now.".formatted(merge.ticket())));
    return switch (merged) {
      case Outcome.Accepted<String>(String said) -> {
        Flash.say(request, response, said);
        yield "redirect:/tickets/" + into;
      }
      case Outcome.Rejected<String>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(ticket, "", mergings.preview(ticket, target), detail, agent, model);
      }
    };
  }

  /// Takes a merge back, from the page of the ticket that went on.
  @PostMapping("/tickets/{number}/merges/{merged}/undoing")
  String undo(
      @PathVariable long number,
      @PathVariable long merged,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = ticket(number, agent);
    var undone =
        submissions.once(
            new Exchange(agent, request, response, model).key(),
            () -> merges.undo(new TicketId(merged), ticket.id(), agent).map(MergeController::left));
    Flash.say(request, response, undone.fold(said -> said, Outcome.Rejected::detail));
    return "redirect:/tickets/" + undone.fold(_ -> merged, _ -> number);
  }

  /// What came in between stays where it was sent, and is said.
  private static String left(Merges.Since since) {
    var merge = since.merge();
    var sent = since.sent() + since.received();
    return "%s is a ticket of its own again.%s"
        .formatted(
            merge.ticket(),
            sent == 0
                ? ""
                : " %d sent and %d received since the merge stay on %s."
                    .formatted(since.sent(), since.received(), merge.into()));
  }

  private String page(
      Ticket ticket,
      String words,
      @Nullable MergePreview preview,
      String problem,
      Agent agent,
      Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page",
        new MergePage(
            ticket,
            new MergePage.Candidates(words, others.candidates(ticket, words, agent)),
            preview,
            problem));
    return "desk/merge";
  }

  /// Light collaborators help on tickets; which ones there are is decided by those who answer.
  private Ticket ticket(long number, Agent agent) {
    return desk.ticket(number, agent, Permission.MERGE);
  }
}
