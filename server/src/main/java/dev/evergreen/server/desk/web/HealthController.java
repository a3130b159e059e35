package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.MailStanding;
import dev.evergreen.server.channel.Mailboxes;
import dev.evergreen.server.platform.Standing;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.Runs;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;

/// How the installation stands, on one page. For administrators.
@Controller
final class HealthController {
  private static final int FAULTS = 20;

  private final Standing standing;
  private final MailStanding mail;
  private final Mailboxes mailboxes;
  private final Runs runs;

  HealthController(Standing standing, MailStanding mail, Mailboxes mailboxes, Runs runs) {
    this.standing = standing;
    this.mail = mail;
    this.mailboxes = mailboxes;
    this.runs = runs;
  }

  @GetMapping("/settings/health")
  String show(Agent agent, Model model) {
    if (!agent.isAdministrator()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    model.addAttribute("agent", agent);
    model.addAttribute("store", standing.store());
    model.addAttribute("readers", standing.readers());
    model.addAttribute("faultyDueTimes", standing.faultyDueTimes());
    model.addAttribute("mail", mail.look());
    model.addAttribute("mailboxes", mailboxes.all());
    model.addAttribute("faults", runs.faults(FAULTS));
    return "desk/health";
  }
}
