package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Levels;
import dev.evergreen.server.customer.Segments;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What agents keep up about a customer: name, note, where they belong, whether they come first.
@Controller
@RequestMapping("/customers/{id}")
class CustomerUpkeepController {
  private final Customers customers;
  private final Levels levels;
  private final Segments segments;
  private final Answers answers;

  CustomerUpkeepController(Customers customers, Levels levels, Segments segments, Answers answers) {
    this.customers = customers;
    this.levels = levels;
    this.segments = segments;
    this.answers = answers;
  }

  @PostMapping("/name")
  String rename(
      @PathVariable CustomerId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam String name,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answers.to(
        id,
        customers.rename(id, name, agent.actor()),
        "Renamed.",
        name,
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/note")
  String describe(
      @PathVariable CustomerId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam String note,
      @RequestParam long revision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answers.to(
        id,
        customers.describe(id, note, revision, agent.actor()),
        "Noted.",
        note,
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/place")
  String place(
      @PathVariable CustomerId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam String organization,
      @RequestParam String role,
      @RequestParam long revision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answers.to(
        id,
        customers.place(id, organization, role, revision, agent.actor()),
        "Changed.",
        organization,
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/priority")
  String prioritize(
      @PathVariable CustomerId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam String level,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answers.to(
        id,
        levels.give(id, level.isEmpty() ? null : level, agent.actor()),
        "Changed.",
        "",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/segments")
  String segment(
      @PathVariable CustomerId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam(name = "segment", defaultValue = "") List<Long> chosen,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answers.to(
        id,
        segments.put(id, chosen, agent.actor()),
        "Changed.",
        "",
        new Exchange(agent, request, response, model));
  }
}
