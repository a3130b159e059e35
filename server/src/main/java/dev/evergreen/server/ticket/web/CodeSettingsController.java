package dev.evergreen.server.ticket.web;

import static dev.evergreen.server.ticket.web.SetupAnswers.leading;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.platform.web.FormAnswers;
import dev.evergreen.server.platform.web.FormAnswers.Asked;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Codes;
import dev.evergreen.server.ticket.retention.Archive;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What tickets are about and why they end, as the team calls it, and when they are archived.
@Controller
@RequestMapping("/settings/tickets")
class CodeSettingsController {
  private static final String HERE = "/settings/tickets/";
  private static final int MOST_DAYS = 36_500;

  private final Codes codes;
  private final Settings settings;

  CodeSettingsController(Codes codes, Settings settings) {
    this.codes = codes;
    this.settings = settings;
  }

  /// The lists as addresses call them.
  private enum Listed {
    CATEGORIES(Code.List.CATEGORY),
    OUTCOMES(Code.List.OUTCOME);

    private final Code.List codes;

    Listed(Code.List codes) {
      this.codes = codes;
    }

    static Listed of(String name) {
      return name.equals("categories") ? CATEGORIES : OUTCOMES;
    }

    String address() {
      return HERE + (this == CATEGORIES ? "categories" : "outcomes");
    }
  }

  @GetMapping
  String first(Agent agent) {
    leading(agent);
    return "redirect:/settings/tickets/statuses";
  }

  @GetMapping("/categories")
  String categories(Agent agent, Model model) {
    return page(Listed.CATEGORIES, leading(agent), "", model);
  }

  @GetMapping("/outcomes")
  String outcomes(Agent agent, Model model) {
    return page(Listed.OUTCOMES, leading(agent), "", model);
  }

  @PostMapping("/{list:categories|outcomes}")
  String add(
      @PathVariable String list,
      @RequestParam(defaultValue = "") String key,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String told,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var listed = Listed.of(list);
    return answer(
        codes.add(listed.codes, key.strip(), name, told, leading(agent).actor()),
        listed,
        agent,
        model,
        new Asked(request, response));
  }

  @PostMapping("/{list:categories|outcomes}/{key}")
  String change(
      @PathVariable String list,
      @PathVariable String key,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String told,
      @RequestParam int position,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var listed = Listed.of(list);
    return answer(
        codes.change(listed.codes, key, name, told, position, leading(agent).actor()),
        listed,
        agent,
        model,
        new Asked(request, response));
  }

  @PostMapping("/{list:categories|outcomes}/{key}/retirement")
  String retire(
      @PathVariable String list,
      @PathVariable String key,
      @RequestParam boolean retired,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var listed = Listed.of(list);
    return answer(
        codes.retire(listed.codes, key, retired, leading(agent).actor()),
        listed,
        agent,
        model,
        new Asked(request, response));
  }

  @PostMapping("/archive")
  String archive(
      @RequestParam long days,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    leading(agent);
    Outcome<Long> outcome =
        days >= 0 && days <= MOST_DAYS
            ? Outcome.accepted(days)
            : Outcome.rejected(
                Outcome.Reason.INVALID,
                "Expected a number of days from 0 (never) to 36,500, but found " + days + ".");
    return FormAnswers.answer(
        outcome.map(wanted -> {
          settings.put(Archive.AFTER_DAYS, wanted);
          return wanted;
        }),
        _ -> "Saved.",
        Listed.OUTCOMES.address(),
        detail -> page(Listed.OUTCOMES, agent, detail, model),
        new Asked(request, response));
  }

  private String answer(
      Outcome<Code> outcome, Listed listed, Agent agent, Model model, Asked asked) {
    return FormAnswers.answer(
        outcome,
        _ -> "Saved.",
        listed.address(),
        detail -> page(listed, agent, detail, model),
        asked);
  }

  private String page(Listed listed, Agent agent, String problem, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("problem", problem);
    model.addAttribute("here", listed.address());
    model.addAttribute("outcomes", listed == Listed.OUTCOMES);
    model.addAttribute("codes", codes.of(listed.codes));
    model.addAttribute("archiveAfter", settings.get(Archive.AFTER_DAYS));
    return "ticket/codes";
  }
}
