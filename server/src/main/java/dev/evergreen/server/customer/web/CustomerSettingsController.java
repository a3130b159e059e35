package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.Identities;
import dev.evergreen.server.customer.Levels;
import dev.evergreen.server.customer.Segment;
import dev.evergreen.server.customer.Segment.SegmentId;
import dev.evergreen.server.customer.Segments;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// Priorities and segments of customers, and how their numbers are read. For leads and
/// administrators.
@Controller
@RequestMapping("/settings/customers")
class CustomerSettingsController {
  private final Levels levels;
  private final Segments segments;
  private final Settings settings;

  CustomerSettingsController(Levels levels, Segments segments, Settings settings) {
    this.levels = levels;
    this.segments = segments;
    this.settings = settings;
  }

  @GetMapping
  String show(Agent agent, Model model) {
    return page(agent, "", model);
  }

  @PostMapping("/levels")
  String addLevel(
      Agent agent,
      @RequestParam String name,
      @RequestParam int rank,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    check(agent);
    return answer(levels.add(name, rank), new Exchange(agent, request, response, model));
  }

  @PostMapping("/levels/{key}/removal")
  String removeLevel(
      Agent agent,
      @PathVariable String key,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    check(agent);
    return answer(levels.remove(key), new Exchange(agent, request, response, model));
  }

  @PostMapping("/segments")
  String addSegment(
      Agent agent,
      @RequestParam String name,
      @RequestParam(defaultValue = "") String organization,
      @RequestParam(defaultValue = "") String level,
      @RequestParam(required = false) @Nullable Integer tickets,
      @RequestParam(defaultValue = "90") int days,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    check(agent);
    var activity = tickets == null ? null : new Segment.Activity(tickets, days);
    return answer(
        segments.add(new Segments.Wanted(name, organization, level, activity)),
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/segments/{id}/removal")
  String removeSegment(
      Agent agent,
      @PathVariable long id,
      HttpServletRequest request,
      HttpServletResponse response) {
    check(agent);
    segments.remove(new SegmentId(id));
    Flash.say(request, response, "Removed.");
    return "redirect:/settings/customers";
  }

  @PostMapping("/region")
  String chooseRegion(
      Agent agent,
      @RequestParam String region,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    check(agent);
    var clean = region.strip().toUpperCase(Locale.ROOT);
    Outcome<String> outcome =
        clean.isEmpty() || clean.matches("[A-Z]{2}")
            ? Outcome.accepted(clean)
            : Outcome.rejected(
                Outcome.Reason.INVALID, "Expected two letters such as DE, or nothing.");
    if (outcome instanceof Outcome.Accepted<String>(var chosen)) {
      settings.put(Identities.REGION, chosen);
    }
    return answer(outcome, new Exchange(agent, request, response, model));
  }

  private String answer(Outcome<?> outcome, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<?> _ -> {
        Flash.say(exchange.request(), exchange.response(), "Saved.");
        yield "redirect:/settings/customers";
      }
      case Outcome.Rejected<?>(Outcome.Reason reason, String detail) -> {
        exchange.response().setStatus(reason.status());
        yield page(exchange.agent(), detail, exchange.model());
      }
    };
  }

  private String page(Agent agent, String refusal, Model model) {
    check(agent);
    model.addAttribute("agent", agent);
    model.addAttribute("levels", levels.all());
    model.addAttribute("segments", segments.all());
    model.addAttribute("region", settings.get(Identities.REGION));
    model.addAttribute("refusal", refusal);
    return "customer/settings";
  }

  private static void check(Agent agent) {
    if (!agent.may(Permission.SET_UP)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }
}
