package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.HeldReplies;
import dev.evergreen.server.channel.HeldReply;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Ticket;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What was sent and has not gone out yet: taken back, sent at once, or given another time.
@Controller
final class HeldReplyController {
  private final Desk desk;
  private final Screens screens;
  private final Writing writing;
  private final HeldReplies held;
  private final Submissions submissions;
  private final InstantSource clock;

  HeldReplyController(
      Desk desk,
      Screens screens,
      Writing writing,
      HeldReplies held,
      Submissions submissions,
      InstantSource clock) {
    this.desk = desk;
    this.screens = screens;
    this.writing = writing;
    this.held = held;
    this.submissions = submissions;
    this.clock = clock;
  }

  @GetMapping("/tickets/{number}/held")
  String show(@PathVariable long number, Agent agent, Model model) {
    model.addAttribute("held", writing.held(desk.ticket(number, agent), agent));
    return "desk/held";
  }

  @PostMapping("/tickets/{number}/held/{id}/recall")
  String takeBack(
      @PathVariable long number,
      @PathVariable long id,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Ticket ticket = answered(number, agent);
    var exchange = new Exchange(agent, request, response, model);
    return answer(
        ticket,
        submissions.once(
            exchange.key(), () -> held.takeBack(ticket.id(), new HeldReply.Id(id), agent)),
        exchange);
  }

  @PostMapping("/tickets/{number}/held/{id}/dispatch")
  String sendNow(
      @PathVariable long number,
      @PathVariable long id,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Ticket ticket = answered(number, agent);
    var exchange = new Exchange(agent, request, response, model);
    return answer(
        ticket,
        submissions.once(
            exchange.key(), () -> held.sendNow(ticket.id(), new HeldReply.Id(id), agent)),
        exchange);
  }

  @PostMapping("/tickets/{number}/held/{id}/time")
  String reschedule(
      @PathVariable long number,
      @PathVariable long id,
      @RequestParam(defaultValue = "") String at,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Ticket ticket = answered(number, agent);
    var exchange = new Exchange(agent, request, response, model);
    return answer(
        ticket,
        SendTime.read(at, Page.zoneOf(request), clock.instant())
            .fold(
                time -> held.reschedule(ticket, new HeldReply.Id(id), time, agent),
                refused -> Outcome.rejected(refused.reason(), refused.detail())),
        exchange);
  }

  /// A refused form leaves its own address in the browser; opened again, that leads to the ticket.
  @GetMapping("/tickets/{number}/held/{id}/{form:recall|dispatch|time}")
  String afterForm(@PathVariable long number) {
    return "redirect:/tickets/" + number;
  }

  private Ticket answered(long number, Agent agent) {
    return desk.ticket(number, agent, Permission.ANSWER);
  }

  private String answer(Ticket ticket, Outcome<String> outcome, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<String>(String said) -> {
        Flash.say(exchange.request(), exchange.response(), said);
        yield "redirect:/tickets/" + ticket.id().value();
      }
      case Outcome.Rejected<String>(Reason reason, String detail) ->
          screens.refuse(ticket, reason, new Refusal.OfChoice(detail), exchange);
    };
  }
}
