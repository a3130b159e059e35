package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.AuditCheck;
import dev.evergreen.server.platform.AuditTrail;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Roster;
import dev.evergreen.server.team.Rosters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The audit log: who let whom in, who may do what since when, who changed which setting. For
/// administrators.
@Controller
@RequestMapping("/settings/audit")
class AuditController {
  private static final int PAGE = 100;
  private static final int PART = 1_000;
  private static final String NEWEST = "9223372036854775807";

  private final AuditTrail trail;
  private final AuditCheck check;
  private final Rosters rosters;

  AuditController(AuditTrail trail, AuditCheck check, Rosters rosters) {
    this.trail = trail;
    this.check = check;
    this.rosters = rosters;
  }

  @GetMapping
  String show(
      Agent viewer,
      @ModelAttribute AuditSearch search,
      @RequestParam(defaultValue = NEWEST) long before,
      @RequestParam(defaultValue = "false") boolean checked,
      HttpServletRequest request,
      Model model) {
    var names = names(viewer);
    var lines = lines(search.wanted(Page.zoneOf(request)), before, PAGE, names);
    model.addAttribute("agent", viewer);
    model.addAttribute("search", search);
    model.addAttribute("names", names);
    model.addAttribute("lines", lines);
    model.addAttribute("result", checked ? check.run() : null);
    model.addAttribute(
        "next",
        lines.size() == PAGE ? search.address("/settings/audit", lines.getLast().number()) : null);
    return "team/audit";
  }

  /// All that is looked for as a table for spreadsheets, the newest first.
  @GetMapping("/export")
  void export(
      Agent viewer,
      @ModelAttribute AuditSearch search,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var names = names(viewer);
    var wanted = search.wanted(Page.zoneOf(request));
    response.setContentType("text/csv;charset=utf-8");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-log.csv\"");
    var out = response.getWriter();
    out.write(Cell.line("number", "at", "who", "what", "about", "detail"));
    List<AuditLine> part;
    long before = Long.MAX_VALUE;
    do {
      part = lines(wanted, before, PART, names);
      for (var line : part) {
        out.write(
            Cell.line(
                "" + line.number(),
                line.at().toString(),
                line.who(),
                line.what(),
                line.about(),
                line.detail()));
        before = line.number();
      }
    } while (part.size() == PART);
  }

  private List<AuditLine> lines(
      AuditTrail.Wanted wanted, long before, int limit, Map<AgentId, String> names) {
    return trail.before(before, wanted, limit).stream()
        .map(line -> AuditLine.of(line, names))
        .toList();
  }

  private Map<AgentId, String> names(Agent viewer) {
    return rosters
        .visibleTo(viewer)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND))
        .entries()
        .stream()
        .map(Roster.Entry::agent)
        .collect(Collectors.toUnmodifiableMap(Agent::id, Agent::name));
  }
}
