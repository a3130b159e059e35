package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.AuditCheck;
import dev.evergreen.server.platform.AuditTrail;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Roster;
import dev.evergreen.server.team.Rosters;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The audit log: who let whom in, who may do what since when. For administrators.
@Controller
class AuditController {
  private static final int PAGE = 100;

  private final AuditTrail trail;
  private final AuditCheck check;
  private final Rosters rosters;

  AuditController(AuditTrail trail, AuditCheck check, Rosters rosters) {
    this.trail = trail;
    this.check = check;
    this.rosters = rosters;
  }

  @GetMapping("/settings/audit")
  String show(
      Agent viewer,
      @RequestParam(defaultValue = "9223372036854775807") long before,
      @RequestParam(defaultValue = "false") boolean checked,
      Model model) {
    var roster =
        rosters
            .visibleTo(viewer)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    var names =
        roster.entries().stream()
            .map(Roster.Entry::agent)
            .collect(Collectors.toUnmodifiableMap(Agent::id, Agent::name));
    var lines = trail.before(before, PAGE).stream().map(line -> AuditLine.of(line, names)).toList();
    model.addAttribute("agent", viewer);
    model.addAttribute("lines", lines);
    model.addAttribute("result", checked ? check.run() : null);
    model.addAttribute(
        "next", lines.size() == PAGE ? "/settings/audit?before=" + lines.getLast().number() : null);
    return "team/audit";
  }
}
