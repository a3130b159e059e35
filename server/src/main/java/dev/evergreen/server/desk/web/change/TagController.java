package dev.evergreen.server.desk.web.change;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Tags;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Puts tags on a ticket and takes them off; completes what is typed.
@Controller
final class TagController {
  private static final int OFFERED = 12;

  private final Desk desk;
  private final Changing changing;
  private final Tags tags;

  TagController(Desk desk, Changing changing, Tags tags) {
    this.desk = desk;
    this.changing = changing;
    this.tags = tags;
  }

  @PostMapping("/tickets/{number}/tags")
  String add(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String tag,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent, Permission.SORT);
    return changing.anyTimes(
        ticket.id(),
        () -> tags.add(ticket.id(), tag, agent.actor()),
        "Tagged.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/tickets/{number}/tags/removal")
  String remove(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String tag,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent, Permission.SORT);
    return changing.anyTimes(
        ticket.id(),
        () -> tags.remove(ticket.id(), tag, agent.actor()),
        "Taken off.",
        new Exchange(agent, request, response, model));
  }

  @GetMapping("/tickets/{number}/tags/offered")
  String offered(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String tag,
      Agent agent,
      Model model) {
    desk.ticket(number, agent);
    model.addAttribute("tags", tags.beginning(tag, OFFERED));
    return "desk/offered_tags";
  }
}
