package dev.evergreen.server.desk.web.customer;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.Dossier;
import dev.evergreen.server.customer.Dossiers;
import dev.evergreen.server.desk.web.Colleagues;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.CustomerHistory;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.relation.HiddenLinks;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// A customer with everything they asked and what came of it, as far as the reader may see it.
@Controller
final class CustomerController {
  private static final int PAGE = 30;

  private final Dossiers dossiers;
  private final Tickets tickets;
  private final Teams teams;
  private final Agents agents;
  private final HiddenLinks links;
  private final DatabaseClock clock;

  CustomerController(
      Dossiers dossiers,
      Tickets tickets,
      Teams teams,
      Agents agents,
      HiddenLinks links,
      DatabaseClock clock) {
    this.dossiers = dossiers;
    this.tickets = tickets;
    this.teams = teams;
    this.agents = agents;
    this.links = links;
    this.clock = clock;
  }

  @GetMapping("/customers/{id}")
  String show(
      @PathVariable CustomerId id,
      @May(Permission.SEE_CUSTOMERS) Agent agent,
      @RequestParam(defaultValue = "") String before,
      Model model) {
    var dossier = dossier(id);
    var merged = dossier.profile().place().mergedInto();
    if (merged != null && !dossier.profile().place().isErased()) {
      return "redirect:/customers/" + merged.value();
    }
    model.addAttribute("agent", agent);
    model.addAttribute("dossier", dossier);
    model.addAttribute("story", story(id, agent, before));
    model.addAttribute("mayErase", agent.may(Permission.EXPORT));
    return "desk/customer_page";
  }

  @GetMapping("/customers/{id}/timeline")
  String timeline(
      @PathVariable CustomerId id,
      @May(Permission.SEE_CUSTOMERS) Agent agent,
      @RequestParam(defaultValue = "") String before,
      Model model) {
    dossier(id);
    model.addAttribute("story", story(id, agent, before));
    return "desk/story";
  }

  private Dossier dossier(CustomerId id) {
    return dossiers.of(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private Story story(CustomerId id, Agent agent, String before) {
    var place = CustomerHistory.Place.of(before);
    return Story.of(
        id,
        tickets
            .visibleTo(agent)
            .history(id, place.orElseGet(() -> CustomerHistory.Place.end(clock.instant())), PAGE),
        new Colleagues(teams, agents),
        links,
        place.isEmpty());
  }
}
