package dev.evergreen.server.channel.web;

import dev.evergreen.server.channel.Originals;
import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/// The mail behind an entry of a ticket's timeline, as it came, for whoever may see the ticket.
@Controller
class OriginalController {
  private final Tickets tickets;
  private final Originals originals;
  private final RawMailDownload download;

  OriginalController(Tickets tickets, Originals originals, RawMailDownload download) {
    this.tickets = tickets;
    this.originals = originals;
    this.download = download;
  }

  @GetMapping("/tickets/{number}/entries/{revision}/original")
  void original(
      Agent agent,
      @PathVariable long number,
      @PathVariable long revision,
      HttpServletResponse response)
      throws IOException {
    FileId mail =
        tickets
            .visibleTo(agent)
            .get(new TicketId(number))
            .flatMap(ticket -> originals.at(ticket.id(), revision))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    download.write(mail, "ticket-" + number + "-" + revision, response);
  }
}
