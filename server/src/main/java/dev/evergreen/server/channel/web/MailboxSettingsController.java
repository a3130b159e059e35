package dev.evergreen.server.channel.web;

import dev.evergreen.server.channel.Mailbox;
import dev.evergreen.server.channel.MailboxId;
import dev.evergreen.server.channel.Mailboxes;
import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Founding;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// Where mail comes from: the support address and the mailboxes that are read. For administrators.
@Controller
@RequestMapping("/settings/mailboxes")
class MailboxSettingsController {
  private final Mailboxes mailboxes;
  private final OwnAddresses own;
  private final Settings settings;

  MailboxSettingsController(Mailboxes mailboxes, OwnAddresses own, Settings settings) {
    this.mailboxes = mailboxes;
    this.own = own;
    this.settings = settings;
  }

  /// A mailbox as the form sends it; the password is never sent back.
  public record Form(
      String address,
      String host,
      int port,
      Mailbox.Security security,
      String username,
      String password,
      String folder) {}

  @GetMapping
  String show(Agent agent, Model model) {
    return page(agent, "", model);
  }

  @PostMapping
  String add(
      Agent agent,
      @ModelAttribute Form form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    admit(agent);
    var server =
        new Mailbox.Server(
            form.host(), form.port(), form.security(), form.username(), form.folder());
    return switch (mailboxes.add(form.address(), server, form.password())) {
      case Outcome.Accepted<Mailbox>(Mailbox added) -> {
        Flash.say(request, response, added.address() + " is being read.");
        yield "redirect:/settings/mailboxes";
      }
      case Outcome.Rejected<Mailbox>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(agent, detail, model);
      }
    };
  }

  @PostMapping("/{id}/removal")
  String remove(
      Agent agent,
      @PathVariable long id,
      HttpServletRequest request,
      HttpServletResponse response) {
    admit(agent);
    mailboxes.remove(new MailboxId(id));
    Flash.say(request, response, "It is no longer read. Its tickets stay.");
    return "redirect:/settings/mailboxes";
  }

  @PostMapping("/support-address")
  String changeSupportAddress(
      Agent agent,
      @RequestParam String address,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    admit(agent);
    var parsed = EmailAddress.parse(address);
    if (parsed.isEmpty()) {
      response.setStatus(Outcome.Reason.INVALID.status());
      return page(agent, "Expected an address such as help@example.com.", model);
    }
    settings.put(Founding.SUPPORT_ADDRESS, parsed.get().toString());
    own.refresh();
    Flash.say(request, response, "Customers write to " + parsed.get() + " now.");
    return "redirect:/settings/mailboxes";
  }

  private String page(Agent agent, String error, Model model) {
    admit(agent);
    model.addAttribute("agent", agent);
    model.addAttribute("mailboxes", mailboxes.all());
    model.addAttribute("support", own.support().toString());
    model.addAttribute("error", error);
    return "channel/mailboxes";
  }

  private static void admit(Agent agent) {
    if (!agent.isAdministrator()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }
}
