package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.desk.web.Refusal;
import dev.evergreen.server.desk.web.Screens;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Mentions;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.consulting.Consultation;
import dev.evergreen.server.ticket.consulting.ConsultationId;
import dev.evergreen.server.ticket.consulting.Consultations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// Asking a colleague before the customer is answered. Who is asked answers on the ticket.
@Controller
final class ConsultationController {
  private static final String LEADS = "leads-";

  private final Desk desk;
  private final Screens screens;
  private final Consultations consultations;
  private final Mentions mentions;
  private final Teams teams;
  private final Submissions submissions;

  ConsultationController(
      Desk desk,
      Screens screens,
      Consultations consultations,
      Mentions mentions,
      Teams teams,
      Submissions submissions) {
    this.desk = desk;
    this.screens = screens;
    this.consultations = consultations;
    this.mentions = mentions;
    this.teams = teams;
    this.submissions = submissions;
  }

  @GetMapping("/tickets/{number}/consultations/new")
  String form(@PathVariable long number, Agent agent, Model model) {
    return page(ticket(number, agent), "", "", "", agent, model);
  }

  @PostMapping("/tickets/{number}/consultations")
  String ask(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String whom,
      @RequestParam(defaultValue = "") String question,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = ticket(number, agent);
    var asked =
        submissions.once(
            new Exchange(agent, request, response, model).key(),
            () -> asked(ticket, whom, question, agent).map(one -> "" + one.id().value()));
    return switch (asked) {
      case Outcome.Accepted<String> _ -> {
        Flash.say(request, response, "Asked. You are told when the answer comes.");
        yield "redirect:/tickets/" + ticket.id().value();
      }
      case Outcome.Rejected<String>(Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(ticket, whom, question, detail, agent, model);
      }
    };
  }

  private Outcome<Consultation> asked(Ticket ticket, String whom, String question, Agent by) {
    var number = whom.startsWith(LEADS) ? whom.substring(LEADS.length()) : whom;
    if (!number.matches("\\d{1,18}")) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a colleague, or a team whose leads to ask.");
    }
    long id = Long.parseLong(number);
    return whom.startsWith(LEADS)
        ? consultations.askLeads(ticket.id(), new TeamId(id), question, by)
        : consultations.ask(ticket.id(), new AgentId(id), question, by);
  }

  @PostMapping("/tickets/{number}/consultations/{id}/answer")
  String answer(
      @PathVariable long number,
      @PathVariable long id,
      @RequestParam(defaultValue = "") String answer,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.current(number, agent, Permission.SEE);
    var question = question(ticket, id);
    return ended(
        ticket,
        () -> consultations.answer(question.id(), answer, agent),
        "Answered. %s is told.".formatted(question.asker().name()),
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/tickets/{number}/consultations/{id}/withdrawal")
  String withdraw(
      @PathVariable long number,
      @PathVariable long id,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.current(number, agent, Permission.SEE);
    var question = question(ticket, id);
    return ended(
        ticket,
        () -> consultations.withdraw(question.id(), agent),
        "Taken back.",
        new Exchange(agent, request, response, model));
  }

  private String ended(
      Ticket ticket, Supplier<Outcome<Consultation>> verb, String said, Exchange exchange) {
    var ended = submissions.once(exchange.key(), () -> verb.get().map(_ -> "ended"));
    return switch (ended) {
      case Outcome.Accepted<String> _ -> {
        Flash.say(exchange.request(), exchange.response(), said);
        yield "redirect:/tickets/" + ticket.id().value();
      }
      case Outcome.Rejected<String>(Reason reason, String detail) ->
          screens.refuse(
              desk.current(ticket.id().value(), exchange.agent(), Permission.SEE),
              reason,
              new Refusal.OfChoice(detail),
              exchange);
    };
  }

  /// One of this ticket, or of what lives on in it.
  private Consultation question(Ticket ticket, long id) {
    return consultations.of(ticket.id()).stream()
        .filter(one -> one.id().equals(new ConsultationId(id)))
        .findFirst()
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private String page(
      Ticket ticket, String whom, String question, String problem, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page",
        new AskingPage(
            ticket,
            teams.all(),
            mentions.possibleOn(ticket.id()).stream()
                .filter(one -> !one.id().equals(agent.id()))
                .toList(),
            whom,
            question,
            problem));
    return "desk/together/consultation_new";
  }

  private Ticket ticket(long number, Agent agent) {
    return desk.current(number, agent, Permission.INVOLVE);
  }
}
