package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.TicketId;
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
  private final BulkForm form;
  private final Submissions submissions;

  BulkController(
      BulkChanges changes, ViewPages pages, Desk desk, BulkForm form, Submissions submissions) {
    this.changes = changes;
    this.pages = pages;
    this.desk = desk;
    this.form = form;
    this.submissions = submissions;
  }

  /// What can be done to the chosen tickets, offered when the first one is chosen.
  @GetMapping("/bulk/new")
  String offer(@RequestParam String view, @May(Permission.BULK) Agent agent, Model model) {
    model.addAttribute("view", desk.view(view, agent));
    model.addAttribute("offer", form.offer(agent));
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
                form.read(exchange.sent(), agent)
                    .then(change ->
                        changes.begin(change, without(change, seen), agent).map(id -> "" + id)));
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

  /// The ticket into which others are merged is none of them.
  private static Map<TicketId, Long> without(BulkChange change, Map<TicketId, Long> seen) {
    var left = new LinkedHashMap<>(seen);
    if (change instanceof BulkChange.MergeInto(TicketId target)) {
      left.remove(target);
    }
    return left;
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
}
