package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Profile;
import dev.evergreen.server.platform.DataExport;
import dev.evergreen.server.platform.DataMap;
import dev.evergreen.server.platform.Erasures;
import dev.evergreen.server.platform.Erasures.Cause;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// Gives out and erases everything that is kept about a person. For leads and administrators.
@Controller
@RequestMapping("/customers/{id}")
class ErasureController {
  private final Customers customers;
  private final DataMap map;
  private final DataExport export;
  private final Erasures erasures;

  ErasureController(Customers customers, DataMap map, DataExport export, Erasures erasures) {
    this.customers = customers;
    this.map = map;
    this.export = export;
    this.erasures = erasures;
  }

  @GetMapping("/export")
  void export(@PathVariable CustomerId id, Agent agent, HttpServletResponse response)
      throws IOException {
    visible(id, agent);
    response.setContentType("application/zip");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader(
        "Content-Disposition", "attachment; filename=\"customer-%d.zip\"".formatted(id.value()));
    export.write(id.subject(), response.getOutputStream());
  }

  @GetMapping("/erasure")
  String look(@PathVariable CustomerId id, Agent agent, Model model) {
    return show(visible(id, agent), "", agent, model);
  }

  @PostMapping("/erasure")
  String erase(
      @PathVariable CustomerId id,
      Agent agent,
      @RequestParam String name,
      HttpServletResponse response,
      Model model) {
    var profile = visible(id, agent);
    if (!name.strip().equals(profile.customer().name())) {
      response.setStatus(Outcome.Reason.INVALID.status());
      return show(profile, "Expected the name exactly as it stands here.", agent, model);
    }
    return switch (erasures.begin(id.subject(), Cause.ASKED, agent.actor())) {
      case Outcome.Accepted<Erasures.Receipt>(var receipt) ->
          "redirect:/settings/privacy/erasures/" + receipt.id();
      case Outcome.Rejected<Erasures.Receipt>(var reason, var detail) -> {
        response.setStatus(reason.status());
        yield show(profile, detail, agent, model);
      }
    };
  }

  private String show(Profile profile, String refusal, Agent agent, Model model) {
    var subject = profile.customer().id().subject();
    var names = map.namesOf(subject);
    var counts =
        map.counts(
            map.closure(subject).stream()
                .map(one -> new DataMap.Whose(one, one.equals(subject) ? names : List.of()))
                .toList());
    model.addAttribute("agent", agent);
    model.addAttribute("profile", profile);
    model.addAttribute("refusal", refusal);
    model.addAttribute(
        "lines",
        counts.entrySet().stream()
            .map(count -> new CountLine(count.getKey(), holds(count.getKey()), count.getValue()))
            .toList());
    return "customer/erasure";
  }

  private String holds(String table) {
    return map.tables().stream()
        .filter(one -> one.table().equals(table))
        .map(one -> one.holds())
        .findFirst()
        .orElse("");
  }

  private Profile visible(CustomerId id, Agent agent) {
    return customers
        .profile(id)
        .filter(profile -> !profile.place().isErased())
        .filter(_ -> agent.may(Permission.EXPORT))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
