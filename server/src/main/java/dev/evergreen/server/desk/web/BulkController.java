package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Codes;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketStatus;
import dev.evergreen.server.ticket.bulk.BulkChange;
import dev.evergreen.server.ticket.bulk.BulkChanges;
import dev.evergreen.server.ticket.bulk.BulkProgress;
import dev.evergreen.server.ticket.view.ViewPages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The same change of many tickets: chosen in a list, followed on a page of its own.
@Controller
final class BulkController {
  private final BulkChanges changes;
  private final ViewPages pages;
  private final Desk desk;
  private final Teams teams;
  private final Agents agents;
  private final Statuses statuses;
  private final Codes codes;
  private final Submissions submissions;

  BulkController(
      BulkChanges changes,
      ViewPages pages,
      Desk desk,
      Teams teams,
      Agents agents,
      Statuses statuses,
      Codes codes,
      Submissions submissions) {
    this.changes = changes;
    this.pages = pages;
    this.desk = desk;
    this.teams = teams;
    this.agents = agents;
    this.statuses = statuses;
    this.codes = codes;
    this.submissions = submissions;
  }

  /// What can be done to the chosen tickets, offered when the first one is chosen.
  @GetMapping("/bulk/new")
  String offer(@RequestParam String view, @May(Permission.BULK) Agent agent, Model model) {
    model.addAttribute("view", desk.view(view, agent));
    model.addAttribute("teams", teams.all()).addAttribute("agents", agents.active());
    model.addAttribute("statuses", underWay());
    model.addAttribute("categories", inUse(Code.List.CATEGORY));
    model.addAttribute("outcomes", inUse(Code.List.OUTCOME));
    return "desk/bulk_bar";
  }

  @PostMapping("/bulk")
  String begin(
      @RequestParam(defaultValue = "") List<String> ticket,
      @RequestParam(defaultValue = "") String all,
      @May(Permission.BULK) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var exchange = new Exchange(agent, request, response, model);
    var seen = all.isEmpty() ? seen(ticket) : seen(all, exchange);
    var begun =
        submissions.once(
            exchange.key(),
            () ->
                change(exchange.sent())
                    .fold(
                        change -> changes.begin(change, seen, agent).map(id -> "" + id),
                        refused -> Outcome.rejected(refused.reason(), refused.detail())));
    return switch (begun) {
      case Outcome.Accepted<String>(String id) -> "redirect:/bulk/" + id;
      case Outcome.Rejected<String>(Outcome.Reason _, String detail) -> {
        Flash.say(request, response, detail);
        yield "redirect:/tickets";
      }
    };
  }

  @GetMapping("/bulk/{id:\\d+}")
  String show(@PathVariable long id, Agent agent, Model model) {
    model.addAttribute("agent", agent).addAttribute("progress", progress(id, agent));
    return "desk/bulk";
  }

  @PostMapping("/bulk/{id:\\d+}/undoing")
  String undo(
      @PathVariable long id,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    progress(id, agent);
    if (changes.undo(id, agent) instanceof Outcome.Rejected<Long> refused) {
      Flash.say(request, response, refused.detail());
    }
    return "redirect:/bulk/" + id;
  }

  private List<Code> inUse(Code.List list) {
    return codes.of(list).stream().filter(code -> !code.retired()).toList();
  }

  /// What is still to be done is left alone.
  @PostMapping("/bulk/{id:\\d+}/stopping")
  String stop(
      @PathVariable long id,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    progress(id, agent);
    if (changes.stop(id, agent) instanceof Outcome.Rejected<Long> refused) {
      Flash.say(request, response, refused.detail());
    }
    return "redirect:/bulk/" + id;
  }

  /// Those that tickets can be put into without being closed.
  private List<TicketStatus> underWay() {
    return statuses.all().offered().stream()
        .filter(status -> status.category() != Status.CLOSED)
        .toList();
  }

  private BulkProgress progress(long id, Agent agent) {
    return changes
        .progress(id, agent)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  /// Every ticket of a view, with the revisions that they have now.
  private Map<TicketId, Long> seen(String view, Exchange exchange) {
    var agent = exchange.agent();
    return pages.numbers(
        desk.view(view, agent).terms(),
        BulkChanges.MOST,
        desk.from(agent, Page.zoneOf(exchange.request())));
  }

  /// `1042:7`: the number and the revision that was seen.
  private static Map<TicketId, Long> seen(List<String> chosen) {
    var seen = new LinkedHashMap<TicketId, Long>();
    for (var one : chosen) {
      if (one.matches("\\d{1,18}:\\d{1,18}")) {
        int colon = one.indexOf(':');
        seen.put(
            new TicketId(Long.parseLong(one.substring(0, colon))),
            Long.valueOf(one.substring(colon + 1)));
      }
    }
    return seen;
  }

  private Outcome<BulkChange> change(Map<String, String> sent) {
    var what = sent.getOrDefault("change", "");
    return switch (what) {
      case "priority" ->
          Priority.of(sent.getOrDefault("priority", "")).map(BulkChange.Prioritize::new);
      case "category" ->
          Outcome.accepted(new BulkChange.Categorize(sent.getOrDefault("category", "").strip()));
      case "status" -> status(sent.getOrDefault("status", ""), outcome(sent));
      case "tag" ->
          tag(sent.getOrDefault("tag", "").strip(), sent.getOrDefault("untag", "").strip());
      case "close" -> Outcome.accepted(new BulkChange.Close(outcome(sent)));
      case "assign" ->
          assign(
              sent.getOrDefault("team", BulkChange.LEAVE),
              sent.getOrDefault("agent", BulkChange.LEAVE));
      default ->
          Outcome.rejected(
              Outcome.Reason.INVALID,
              "Expected assign, priority, category, status, tag or close, but found “"
                  + what
                  + "”.");
    };
  }

  private Outcome<BulkChange> status(String number, String outcome) {
    return underWay().stream()
        .filter(status -> number.equals("" + status.id().value()))
        .findFirst()
        .<Outcome<BulkChange>>map(status ->
            Outcome.accepted(
                new BulkChange.SetStatus(
                    status.id().value(),
                    status.name(),
                    status.category() == Status.SOLVED ? outcome : "")))
        .orElseGet(
            () -> Outcome.rejected(Outcome.Reason.INVALID, "Expected a status that there is."));
  }

  private static Outcome<BulkChange> tag(String add, String remove) {
    return add.isEmpty() && remove.isEmpty()
        ? Outcome.rejected(Outcome.Reason.INVALID, "Expected a tag to put on or to take off.")
        : Outcome.accepted(new BulkChange.Tag(add, remove));
  }

  private static String outcome(Map<String, String> sent) {
    var outcome = sent.getOrDefault("outcome", "").strip();
    return outcome.isEmpty() ? "resolved" : outcome;
  }

  private Outcome<BulkChange> assign(String team, String agent) {
    boolean teamKnown =
        !isNumber(team) || teams.withId(new TeamId(Long.parseLong(team))).isPresent();
    boolean agentKnown =
        !isNumber(agent)
            || agents.withId(new AgentId(Long.parseLong(agent))).filter(Agent::active).isPresent();
    return teamKnown && agentKnown && isChoice(team) && isChoice(agent)
        ? Outcome.accepted(new BulkChange.Assign(team, agent))
        : Outcome.rejected(Outcome.Reason.INVALID, "Expected a team and an agent that there are.");
  }

  private static boolean isChoice(String value) {
    return value.equals(BulkChange.LEAVE) || value.equals(BulkChange.NOBODY) || isNumber(value);
  }

  private static boolean isNumber(String value) {
    return value.matches("\\d{1,18}");
  }
}
