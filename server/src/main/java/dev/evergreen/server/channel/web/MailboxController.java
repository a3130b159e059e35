package dev.evergreen.server.channel.web;

import dev.evergreen.server.channel.Letter;
import dev.evergreen.server.channel.Letter.OutboxId;
import dev.evergreen.server.channel.Outbox;
import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.channel.Written;
import dev.evergreen.server.channel.mail.CustomerMail;
import dev.evergreen.server.channel.mail.LetterWriter;
import dev.evergreen.server.channel.mime.TextHtml;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import jakarta.mail.MessagingException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The built-in mailbox: what customers would have received, as they see it, while no relay carries
/// mail away. Writing and replying here really submits a mail to the SMTP listener. It holds the
/// letters of every ticket, so for light collaborators the page does not exist.
@Controller
@RequestMapping("/mailbox")
class MailboxController {
  private static final int PAGE = 50;

  private final Outbox outbox;
  private final OwnAddresses own;
  private final CustomerMail customerMail;
  private final LetterWriter writer;

  MailboxController(
      Outbox outbox, OwnAddresses own, CustomerMail customerMail, LetterWriter writer) {
    this.outbox = outbox;
    this.own = own;
    this.customerMail = customerMail;
    this.writer = writer;
  }

  @GetMapping
  String list(
      Agent agent, @RequestParam(defaultValue = "9223372036854775807") long before, Model model) {
    admit(agent);
    List<Letter> letters = outbox.kept(before, PAGE);
    boolean more = letters.size() == PAGE;
    model.addAttribute("agent", agent);
    model.addAttribute("letters", letters);
    model.addAttribute("support", own.support().toString());
    model.addAttribute("relayed", outbox.isRelayed());
    model.addAttribute("next", more ? "/mailbox?before=" + letters.getLast().id().value() : null);
    return "channel/mailbox";
  }

  @GetMapping("/{id}")
  String show(Agent agent, @PathVariable long id, Model model) {
    Letter letter = letter(id, agent);
    model.addAttribute("agent", agent);
    model.addAttribute("letter", letter);
    String html = letter.content().html();
    model.addAttribute(
        "html",
        html == null ? TextHtml.fragment(letter.content().text()) : Written.shown(html, _ -> null));
    model.addAttribute("support", own.support().toString());
    return "channel/letter";
  }

  /// The mail itself, so that anybody can see what the customer's mail program threads it by.
  @GetMapping("/{id}/raw")
  void raw(Agent agent, @PathVariable long id, HttpServletResponse response)
      throws IOException, MessagingException {
    Letter letter = letter(id, agent);
    response.setContentType("message/rfc822");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"letter-" + id + ".eml\"");
    writer.write(letter, response.getOutputStream());
  }

  @PostMapping
  String write(
      Agent agent,
      @RequestParam String name,
      @RequestParam String address,
      @RequestParam String subject,
      @RequestParam String text,
      HttpServletRequest request,
      HttpServletResponse response) {
    admit(agent);
    if (EmailAddress.parse(address).isEmpty()) {
      Flash.say(request, response, "Expected an address such as ada@example.com.");
    } else {
      var from = new CustomerMail.Sender(address.strip(), name.strip());
      submit(
          () -> customerMail.write(from, own.support().toString(), subject, text),
          request,
          response);
    }
    return "redirect:/mailbox";
  }

  @PostMapping("/{id}/reply")
  String reply(
      Agent agent,
      @PathVariable long id,
      @RequestParam String text,
      HttpServletRequest request,
      HttpServletResponse response) {
    Letter letter = letter(id, agent);
    submit(() -> customerMail.answer(letter, text), request, response);
    return "redirect:/mailbox/" + id;
  }

  private interface Submission {
    void send() throws MessagingException;
  }

  private void submit(
      Submission submission, HttpServletRequest request, HttpServletResponse response) {
    if (outbox.isRelayed()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    try {
      submission.send();
      Flash.say(request, response, "Sent as the customer.");
    } catch (MessagingException e) {
      Flash.say(request, response, "The mail was not taken: " + e.getMessage());
    }
  }

  private Letter letter(long id, Agent agent) {
    admit(agent);
    return outbox
        .withId(new OutboxId(id))
        .filter(_ -> !outbox.isRelayed())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static void admit(Agent agent) {
    if (!agent.may(Permission.ANSWER) || !agent.mayEverywhere(Permission.SEE)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }
}
