package dev.evergreen.server.desk.web;

import dev.evergreen.server.desk.web.Desk.Range;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Stretch;
import dev.evergreen.server.ticket.notification.Notifications;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The desk: lists, one ticket with everything beside it, and each region of it alone for updates.
@Controller
final class TicketController {

  private final Desk desk;
  private final Regions regions;
  private final Screens screens;
  private final Waiting waiting;
  private final Writing writing;
  private final Notifications notifications;

  TicketController(
      Desk desk,
      Regions regions,
      Screens screens,
      Waiting waiting,
      Writing writing,
      Notifications notifications) {
    this.desk = desk;
    this.regions = regions;
    this.screens = screens;
    this.waiting = waiting;
    this.writing = writing;
    this.notifications = notifications;
  }

  @GetMapping("/")
  String start() {
    return "redirect:/tickets";
  }

  @GetMapping("/tickets")
  String list(
      @RequestParam(defaultValue = "mine") String view,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "") String order,
      @RequestParam(defaultValue = "true") boolean down,
      Agent agent,
      HttpServletRequest request,
      Model model) {
    var shown = desk.ordered(view, order, down, agent);
    var range = new Range(shown, Range.cursor(after, shown), Desk.ROWS, Page.zoneOf(request));
    model.addAttribute("agent", agent);
    model.addAttribute("list", desk.list(range, null, agent));
    model.addAttribute("waiting", waiting.of(agent));
    return "desk/show";
  }

  @GetMapping("/lists/{view}")
  String rows(
      @PathVariable String view,
      @RequestParam(defaultValue = "25") int rows,
      @RequestParam(required = false) @Nullable Long open,
      @RequestParam(defaultValue = "") String order,
      @RequestParam(defaultValue = "true") boolean down,
      Agent agent,
      HttpServletRequest request,
      Model model) {
    int wanted = Math.clamp(rows, Desk.ROWS, Desk.MOST_ROWS);
    var shown = desk.ordered(view, order, down, agent);
    var range = new Range(shown, null, wanted, Page.zoneOf(request));
    model.addAttribute("list", desk.list(range, open, agent));
    return "desk/list";
  }

  @GetMapping("/views")
  String menu(
      @RequestParam(defaultValue = "mine") String view,
      Agent agent,
      HttpServletRequest request,
      Model model) {
    model.addAttribute("menu", desk.menu(view, agent, Page.zoneOf(request)));
    return "desk/views";
  }

  @GetMapping("/tickets/{number}")
  String show(
      @PathVariable long number,
      @RequestParam(defaultValue = "mine") String view,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent);
    if (notifications.of(agent.id().value()) > 0) {
      notifications.seen(agent.id(), ticket.id());
    }
    return screens.show(
        ticket,
        desk.view(view, agent),
        Stretch.before(before),
        new Exchange(agent, request, response, model));
  }

  /// A refused form leaves its own address in the browser; opened again, that leads to the ticket.
  @GetMapping("/tickets/{number}/{form:entries|assignment|closing|reopening|fields|status|tags}")
  String afterForm(@PathVariable long number) {
    return "redirect:/tickets/" + number;
  }

  @GetMapping("/tickets/{number}/head")
  String head(
      @PathVariable long number,
      @RequestParam(defaultValue = "mine") String view,
      Agent agent,
      Model model) {
    model.addAttribute(
        "head", regions.head(desk.ticket(number, agent), desk.view(view, agent), agent));
    return "desk/header";
  }

  @GetMapping("/tickets/{number}/timeline")
  String timeline(
      @PathVariable long number,
      @RequestParam(defaultValue = "" + Long.MIN_VALUE) long since,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
      Agent agent,
      Model model) {
    model.addAttribute(
        "timeline",
        regions.timeline(desk.ticket(number, agent), new Stretch(since, before), agent));
    return "desk/timeline";
  }

  @GetMapping("/tickets/{number}/next")
  String next(@PathVariable long number, Agent agent, Model model) {
    model.addAttribute("panel", regions.next(desk.ticket(number, agent), agent));
    return "desk/next";
  }

  @GetMapping("/tickets/{number}/completion")
  String completion(@PathVariable long number, Agent agent, Model model) {
    model.addAttribute("panel", regions.next(desk.ticket(number, agent), agent));
    return "desk/completion";
  }

  @GetMapping("/tickets/{number}/canned-responses")
  String canned(@PathVariable long number, Agent agent, Model model) {
    model.addAttribute("offer", writing.canned(desk.ticket(number, agent), agent));
    return "desk/canned";
  }

  @GetMapping("/tickets/{number}/macros/{macro}")
  String macro(@PathVariable long number, @PathVariable long macro, Agent agent, Model model) {
    model.addAttribute(
        "offer",
        writing
            .macro(desk.ticket(number, agent), macro, agent)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    return "desk/macro";
  }

  @GetMapping("/waiting")
  String waiting(Agent agent, Model model) {
    model.addAttribute("waiting", waiting.of(agent));
    return "desk/waiting";
  }

  @GetMapping("/tickets/{number}/details")
  String details(@PathVariable long number, Agent agent, Model model) {
    model.addAttribute("details", regions.details(desk.ticket(number, agent), agent));
    return "desk/details";
  }

  @GetMapping("/tickets/{number}/customer")
  String customer(@PathVariable long number, Agent agent, Model model) {
    model.addAttribute("panel", regions.customer(desk.ticket(number, agent), agent));
    return "desk/customer";
  }
}
