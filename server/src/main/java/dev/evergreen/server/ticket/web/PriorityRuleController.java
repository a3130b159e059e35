package dev.evergreen.server.ticket.web;

import static dev.evergreen.server.ticket.web.SetupAnswers.leading;

import dev.evergreen.server.customer.Levels;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.FormAnswers;
import dev.evergreen.server.platform.web.FormAnswers.Asked;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.PriorityRule;
import dev.evergreen.server.ticket.PriorityRules;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.TicketType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The table by which tickets get their priority, changed as a whole.
@Controller
@RequestMapping("/settings/tickets/priorities")
class PriorityRuleController {
  private static final String HERE = "/settings/tickets/priorities";

  private final PriorityRules rules;
  private final Levels levels;

  PriorityRuleController(PriorityRules rules, Levels levels) {
    this.rules = rules;
    this.levels = levels;
  }

  @GetMapping
  String show(Agent agent, Model model) {
    return page(leading(agent), rules.all(), "", model);
  }

  /// The columns of the table, a value for each line; a line without a priority is none.
  @PostMapping
  String replace(
      @RequestParam MultiValueMap<String, String> columns,
      @RequestParam long revision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    leading(agent);
    var lines = new ArrayList<Line>();
    try {
      var priorities = columns.getOrDefault("priority", List.of());
      for (int i = 0; i < priorities.size(); i++) {
        if (!priorities.get(i).isEmpty()) {
          lines.add(
              new Line(
                  Integer.parseInt(value(columns, "position", i)),
                  new PriorityRule(
                      level(value(columns, "customer", i)),
                      constant(TicketType.class, value(columns, "type", i)),
                      constant(Severity.class, value(columns, "severity", i)),
                      Enum.valueOf(Priority.class, priorities.get(i).toUpperCase(Locale.ROOT)))));
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
      return FormAnswers.answer(
          Outcome.rejected(
              Outcome.Reason.INVALID,
              "Expected lines of place, customer, type, severity and priority, but found others."),
          _ -> "",
          HERE,
          detail -> page(agent, rules.all(), detail, model),
          new Asked(request, response));
    }
    lines.sort(Comparator.comparingInt(Line::position));
    return FormAnswers.answer(
        rules.replace(lines.stream().map(Line::rule).toList(), revision, agent.actor()),
        _ -> "Saved. New tickets follow these rules, and others when they are sorted anew.",
        HERE,
        detail -> page(agent, rules.all(), detail, model),
        new Asked(request, response));
  }

  private @Nullable String level(String key) {
    if (key.isEmpty()) {
      return null;
    }
    if (levels.all().stream().noneMatch(level -> level.key().equals(key))) {
      throw new IllegalArgumentException("expected a priority of customers, but found " + key);
    }
    return key;
  }

  private static String value(MultiValueMap<String, String> columns, String name, int line) {
    return columns.getOrDefault(name, List.of()).get(line);
  }

  private record Line(int position, PriorityRule rule) {}

  private static <E extends Enum<E>> @Nullable E constant(Class<E> type, String key) {
    return key.isEmpty() ? null : Enum.valueOf(type, key.toUpperCase(Locale.ROOT));
  }

  private String page(Agent agent, List<PriorityRule> shown, String problem, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("problem", problem);
    model.addAttribute("revision", rules.revision());
    model.addAttribute(
        "lines",
        IntStream.rangeClosed(1, shown.size() + 1)
            .mapToObj(place ->
                RuleLine.of(
                    place, place <= shown.size() ? shown.get(place - 1) : null, levels.all()))
            .toList());
    return "ticket/priorities";
  }
}
