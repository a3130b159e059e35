package dev.evergreen.server.channel.web;

import dev.evergreen.server.channel.ArrivalId;
import dev.evergreen.server.channel.Arrivals;
import dev.evergreen.server.channel.MailIntake;
import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/// Mail that could not become a ticket, with the reason, kept whole. For administrators and leads:
/// nobody knows yet whose it is.
@Controller
@RequestMapping("/quarantine")
class QuarantineController {
  private final Arrivals arrivals;
  private final MailIntake intake;
  private final RawMailDownload download;

  QuarantineController(Arrivals arrivals, MailIntake intake, RawMailDownload download) {
    this.arrivals = arrivals;
    this.intake = intake;
    this.download = download;
  }

  @GetMapping
  String list(Agent agent, Model model) {
    admit(agent);
    model.addAttribute("agent", agent);
    model.addAttribute("mails", arrivals.quarantined());
    return "channel/quarantine";
  }

  @GetMapping("/{id}/raw")
  void raw(Agent agent, @PathVariable long id, HttpServletResponse response) throws IOException {
    admit(agent);
    FileId file =
        arrivals
            .rawOf(new ArrivalId(id))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    download.write(file, "mail-" + id, response);
  }

  @PostMapping("/{id}/retry")
  String retry(
      Agent agent,
      @PathVariable long id,
      HttpServletRequest request,
      HttpServletResponse response) {
    admit(agent);
    boolean back = intake.retry(new ArrivalId(id));
    Flash.say(
        request, response, back ? "It is being read again." : "It was not in quarantine any more.");
    return "redirect:/quarantine";
  }

  @PostMapping("/{id}/discard")
  String discard(
      Agent agent,
      @PathVariable long id,
      HttpServletRequest request,
      HttpServletResponse response) {
    admit(agent);
    boolean gone = intake.discard(new ArrivalId(id));
    Flash.say(request, response, gone ? "Discarded." : "It was not in quarantine any more.");
    return "redirect:/quarantine";
  }

  private static void admit(Agent agent) {
    if (!agent.may(Permission.SET_UP)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }
}
