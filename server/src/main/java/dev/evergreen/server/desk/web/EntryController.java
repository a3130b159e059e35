package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.Correspondence;
import dev.evergreen.server.channel.Reply;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Drafts;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.Uploads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/// What an agent writes: an answer to the customer, or a note that stays with us.
@Controller
final class EntryController {

  private static final int LONGEST = 100_000;

  private final Desk desk;
  private final Tickets tickets;
  private final Correspondence correspondence;
  private final Uploads uploads;
  private final Drafts drafts;

  EntryController(
      Desk desk, Tickets tickets, Correspondence correspondence, Uploads uploads, Drafts drafts) {
    this.desk = desk;
    this.tickets = tickets;
    this.correspondence = correspondence;
    this.uploads = uploads;
    this.drafts = drafts;
  }

  @PostMapping(path = "/tickets/{number}/entries", params = "kind=reply")
  String reply(
      @PathVariable long number,
      @RequestParam String text,
      @RequestParam(name = "files", defaultValue = "") List<MultipartFile> attached,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    TicketId id = desk.ticket(number, agent).id();
    Flash.say(request, response, send(id, text, attached, agent));
    return "redirect:/tickets/" + number;
  }

  @PostMapping(path = "/tickets/{number}/entries", params = "kind=note")
  String note(
      @PathVariable long number,
      @RequestParam String text,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    TicketId id = desk.ticket(number, agent).id();
    String said =
        tickets
            .note(id, text, agent)
            .fold(_ -> "Noted, only for us.", refused -> "Not noted: " + refused.detail());
    drafts.drop(id, agent.id());
    Flash.say(request, response, said);
    return "redirect:/tickets/" + number;
  }

  private String send(TicketId id, String text, List<MultipartFile> attached, Agent agent) {
    if (text.isBlank() || text.length() > LONGEST) {
      return "Not sent: expected an answer of 1 to 100,000 letters.";
    }
    return uploads
        .store(attached)
        .fold(
            files -> {
              correspondence.reply(id, new Reply(text, files), agent);
              drafts.drop(id, agent.id());
              return "Sent.";
            },
            refused -> refused.detail());
  }
}
