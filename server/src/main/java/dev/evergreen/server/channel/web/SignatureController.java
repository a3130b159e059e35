package dev.evergreen.server.channel.web;

import dev.evergreen.server.channel.Mailboxes;
import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.channel.Signature;
import dev.evergreen.server.channel.Signatures;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// What stands under answers. Whoever answers customers sees it; leads and administrators change
/// it.
@Controller
@RequestMapping("/settings/signatures")
class SignatureController {
  private final Signatures signatures;
  private final Mailboxes mailboxes;
  private final OwnAddresses own;

  SignatureController(Signatures signatures, Mailboxes mailboxes, OwnAddresses own) {
    this.signatures = signatures;
    this.mailboxes = mailboxes;
    this.own = own;
  }

  private record Exchange(
      Agent agent, HttpServletRequest request, HttpServletResponse response, Model model) {}

  @GetMapping
  String list(Agent agent, Model model) {
    if (!agent.may(Permission.PREPARE)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return page(agent, SignaturePage.BLANK, "", model);
  }

  @PostMapping
  String add(
      Agent agent,
      @RequestParam(defaultValue = "") String mailbox,
      @RequestParam(defaultValue = "") String language,
      @RequestParam(defaultValue = "") String text,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var wanted = new Signature(0, mailbox, language, text, 0);
    return answer(
        signatures.add(wanted, leading(agent)),
        "Added.",
        wanted,
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/{id}")
  String change(
      @PathVariable long id,
      Agent agent,
      @RequestParam(defaultValue = "") String mailbox,
      @RequestParam(defaultValue = "") String language,
      @RequestParam(defaultValue = "") String text,
      @RequestParam long revision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var wanted = new Signature(id, mailbox, language, text, revision);
    return answer(
        signatures.change(wanted, leading(agent)),
        "Saved.",
        wanted,
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/{id}/removal")
  String remove(
      @PathVariable long id,
      Agent agent,
      @RequestParam long revision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        signatures.remove(id, revision, leading(agent)),
        "Removed.",
        SignaturePage.BLANK,
        new Exchange(agent, request, response, model));
  }

  private String answer(
      Outcome<Signature> outcome, String done, Signature typed, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<Signature> _ -> {
        Flash.say(exchange.request(), exchange.response(), done);
        yield "redirect:/settings/signatures";
      }
      case Outcome.Rejected<Signature>(Outcome.Reason reason, String detail) -> {
        exchange.response().setStatus(reason.status());
        yield page(exchange.agent(), typed, detail, exchange.model());
      }
    };
  }

  private String page(Agent agent, Signature refused, String problem, Model model) {
    var languages = Signatures.languages();
    var shown =
        signatures.all().stream()
            .map(kept ->
                new SignaturePage.Shown(
                    kept,
                    languages.getOrDefault(kept.language(), ""),
                    signatures.filledIn(kept.text(), agent)))
            .toList();
    var addresses =
        Stream.concat(
                Stream.of(own.support().toString()),
                mailboxes.all().stream().map(mailbox -> mailbox.address().toString()))
            .distinct()
            .toList();
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page", new SignaturePage(shown, addresses, languages, leads(agent), refused, problem));
    return "channel/signatures";
  }

  private static boolean leads(Agent agent) {
    return agent.may(Permission.SHARE);
  }

  private static Agent leading(Agent agent) {
    if (!leads(agent)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return agent;
  }
}
