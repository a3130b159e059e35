package dev.evergreen.server.customer.web;

import dev.evergreen.server.platform.DataMap;
import dev.evergreen.server.platform.Erasures;
import dev.evergreen.server.platform.Erasures.Receipt;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// Where personal data is kept, and what of it was erased. For leads and administrators.
@Controller
@RequestMapping("/settings/privacy")
class PrivacyController {
  private final DataMap map;
  private final Erasures erasures;

  PrivacyController(DataMap map, Erasures erasures) {
    this.map = map;
    this.erasures = erasures;
  }

  @GetMapping
  String show(
      Agent agent, @RequestParam(defaultValue = "9223372036854775807") long before, Model model) {
    check(agent);
    model.addAttribute("agent", agent);
    model.addAttribute(
        "tables", map.tables().stream().filter(table -> !table.rows().isEmpty()).toList());
    model.addAttribute("receipts", erasures.before(before));
    return "customer/privacy";
  }

  @GetMapping("/erasures/{id}")
  String receipt(@PathVariable long id, Agent agent, Model model) {
    check(agent);
    Receipt receipt =
        erasures.withId(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Map<String, Object> counts = new TreeMap<>(receipt.counts());
    model.addAttribute("agent", agent);
    model.addAttribute("receipt", receipt);
    model.addAttribute("counts", counts);
    return "customer/receipt";
  }

  private static void check(Agent agent) {
    if (!agent.may(Permission.EXPORT)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }
}
