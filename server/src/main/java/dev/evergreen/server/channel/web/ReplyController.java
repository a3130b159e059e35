package dev.evergreen.server.channel.web;

import dev.evergreen.server.channel.Correspondence;
import dev.evergreen.server.channel.Reply;
import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/// An agent answers a ticket. What comes back is the ticket's page, of which a script takes the
/// regions it shows.
@Controller
class ReplyController {
  private static final int LONGEST = 100_000;

  private final Correspondence correspondence;
  private final Tickets tickets;
  private final Files files;

  ReplyController(Correspondence correspondence, Tickets tickets, Files files) {
    this.correspondence = correspondence;
    this.tickets = tickets;
    this.files = files;
  }

  @PostMapping("/tickets/{number}/replies")
  String reply(
      Agent agent,
      @PathVariable long number,
      @RequestParam String text,
      @RequestParam(name = "attachment", defaultValue = "") List<MultipartFile> uploads,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var id = new TicketId(number);
    if (agent.role() == Role.COLLABORATOR || tickets.withId(id).isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    if (text.isBlank() || text.length() > LONGEST) {
      throw new ResponseStatusException(
          HttpStatus.UNPROCESSABLE_CONTENT, "Expected an answer of 1 to 100,000 letters.");
    }
    correspondence.reply(id, new Reply(text, stored(uploads)), agent);
    Flash.say(request, response, "Sent.");
    return "redirect:/tickets/" + number;
  }

  private List<NewAttachment> stored(List<MultipartFile> uploads) throws IOException {
    var attachments = new ArrayList<NewAttachment>();
    for (MultipartFile upload : uploads) {
      if (!upload.isEmpty()) {
        attachments.add(stored(upload));
      }
    }
    return attachments;
  }

  private NewAttachment stored(MultipartFile upload) throws IOException {
    try (InputStream content = upload.getInputStream()) {
      FileId file = files.store(content);
      String name =
          Objects.requireNonNullElse(upload.getOriginalFilename(), "")
              .replaceAll("[\\p{Cntrl}\\p{Cf}/\\\\]+", "_");
      String type = Objects.requireNonNullElse(upload.getContentType(), "application/octet-stream");
      return new NewAttachment(
          file, name.isBlank() ? "attachment" : name, type, upload.getSize(), null);
    }
  }
}
