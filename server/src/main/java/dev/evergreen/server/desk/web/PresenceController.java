package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.CrossedAnswers;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.composing.Presence;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Who else reads a ticket or writes on it. What they write nobody is told.
@Controller
final class PresenceController {
  private final Desk desk;
  private final Presence presence;
  private final CrossedAnswers crossed;

  PresenceController(Desk desk, Presence presence, CrossedAnswers crossed) {
    this.desk = desk;
    this.presence = presence;
    this.crossed = crossed;
  }

  /// @param seen the revision that the page was opened at
  @GetMapping("/tickets/{number}/presence")
  String show(
      @PathVariable long number,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long seen,
      Agent agent,
      Model model) {
    var ticket = desk.ticket(number, agent);
    model.addAttribute(
        "present",
        new Present(
            number,
            seen,
            presence.others(ticket.id(), agent.id()),
            crossed.since(ticket.id(), seen, agent.id()).orElse(null)));
    return "desk/presence";
  }

  /// The page says every few seconds that keys are pressed, not which.
  @PostMapping("/tickets/{number}/presence")
  ResponseEntity<Void> writes(@PathVariable long number, Agent agent) {
    presence.writes(desk.current(number, agent, Permission.SEE).id(), agent.id());
    return ResponseEntity.noContent().build();
  }
}
