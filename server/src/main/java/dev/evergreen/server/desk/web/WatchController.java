package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.FollowUps;
import dev.evergreen.server.ticket.Mentions;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.notification.Followers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// When a ticket comes back by itself, and following it.
@Controller
final class WatchController {
  private static final LocalTime MORNING = LocalTime.of(9, 0);

  private final Desk desk;
  private final Screens screens;
  private final Watches watches;
  private final FollowUps followUps;
  private final Followers followers;
  private final Mentions mentions;
  private final Submissions submissions;
  private final InstantSource clock;

  WatchController(
      Desk desk,
      Screens screens,
      Watches watches,
      FollowUps followUps,
      Followers followers,
      Mentions mentions,
      Submissions submissions,
      InstantSource clock) {
    this.desk = desk;
    this.screens = screens;
    this.watches = watches;
    this.followUps = followUps;
    this.followers = followers;
    this.mentions = mentions;
    this.submissions = submissions;
    this.clock = clock;
  }

  @GetMapping("/tickets/{number}/watch")
  String region(@PathVariable long number, Agent agent, Model model) {
    model.addAttribute("watch", watches.of(desk.ticket(number, agent), agent));
    return "desk/watch";
  }

  /// Whom a note can name, for whoever begins to write a name after `@`.
  @GetMapping("/tickets/{number}/mentionable")
  String mentionable(@PathVariable long number, Agent agent, Model model) {
    model.addAttribute("agents", mentions.possibleOn(desk.ticket(number, agent).id()));
    return "desk/mentionable";
  }

  /// @param day a day by name, or `at` for the time that was typed
  @PostMapping("/tickets/{number}/follow-up")
  String set(
      @PathVariable long number,
      @RequestParam(defaultValue = "at") String day,
      @RequestParam(defaultValue = "") String at,
      @RequestParam(defaultValue = "") String promise,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent, Permission.SORT);
    var when = moment(day, at, Page.zoneOf(request));
    return answer(
        ticket,
        () ->
            when.map(moment -> followUps.set(ticket.id(), promise, moment, agent).map(_ -> "set"))
                .orElseGet(() ->
                    Outcome.rejected(Reason.INVALID, "Expected a day and time to come back at.")),
        promise.isBlank() ? "It comes back then." : "Promised. It comes back then.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/tickets/{number}/follow-up/keeping")
  String keep(
      @PathVariable long number,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent, Permission.SORT);
    return answer(
        ticket,
        () -> followUps.kept(ticket.id(), agent).map(_ -> "kept"),
        "Kept. Well done.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/tickets/{number}/follow-up/canceling")
  String cancel(
      @PathVariable long number,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent, Permission.SORT);
    return answer(
        ticket,
        () -> followUps.cancel(ticket.id(), agent).map(_ -> "canceled"),
        "It no longer comes back by itself.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/tickets/{number}/following")
  String follow(
      @PathVariable long number,
      @RequestParam boolean on,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    var ticket = desk.ticket(number, agent);
    submissions.untilKnown(() -> {
      if (on) {
        followers.follow(ticket.id(), agent);
      } else {
        followers.unfollow(ticket.id(), agent);
      }
      return on;
    });
    Flash.say(request, response, on ? "You follow this ticket." : "You no longer follow it.");
    return "redirect:/tickets/" + number;
  }

  /// A named day means its morning, for whoever asks.
  private Optional<Instant> moment(String day, String at, ZoneId zone) {
    var today = LocalDate.ofInstant(clock.instant(), zone);
    return switch (day) {
      case "tomorrow" -> Optional.of(morning(today.plusDays(1), zone));
      case "in-3-days" -> Optional.of(morning(today.plusDays(3), zone));
      case "next-week" ->
          Optional.of(morning(today.with(TemporalAdjusters.next(DayOfWeek.MONDAY)), zone));
      default -> typed(at, zone);
    };
  }

  private static Instant morning(LocalDate day, ZoneId zone) {
    return day.atTime(MORNING).atZone(zone).toInstant();
  }

  private static Optional<Instant> typed(String at, ZoneId zone) {
    try {
      return Optional.of(LocalDateTime.parse(at).atZone(zone).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private String answer(
      Ticket ticket, Supplier<Outcome<String>> verb, String done, Exchange exchange) {
    return switch (submissions.once(exchange.key(), verb)) {
      case Outcome.Accepted<String> _ -> {
        Flash.say(exchange.request(), exchange.response(), done);
        yield "redirect:/tickets/" + ticket.id().value();
      }
      case Outcome.Rejected<String>(Reason reason, String detail) ->
          screens.refuse(ticket, reason, new Refusal.OfChoice(detail), exchange);
    };
  }
}
