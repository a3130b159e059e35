package dev.evergreen.server.ticket.web;

import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.composing.Draft;
import dev.evergreen.server.ticket.composing.DraftFile;
import dev.evergreen.server.ticket.composing.DraftFiles;
import dev.evergreen.server.ticket.composing.Drafts;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/// Keeps what an agent is writing, every time they pause, and the files that go with it.
@Controller
class DraftController {
  private final Tickets tickets;
  private final Drafts drafts;
  private final DraftFiles draftFiles;
  private final Files files;

  DraftController(Tickets tickets, Drafts drafts, DraftFiles draftFiles, Files files) {
    this.tickets = tickets;
    this.drafts = drafts;
    this.draftFiles = draftFiles;
    this.files = files;
  }

  @PostMapping("/tickets/{number}/draft")
  ResponseEntity<Void> keep(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String html,
      @RequestParam(defaultValue = "reply") String kind,
      @RequestParam(required = false) @Nullable String cc,
      @RequestParam(defaultValue = "") String bcc,
      Agent agent) {
    var draft =
        new Draft(
            kind.equals("note") ? Draft.Kind.NOTE : Draft.Kind.REPLY,
            text,
            html,
            new Draft.Copies(cc, bcc));
    drafts.keep(ticket(number, agent).id(), agent.id(), draft);
    return ResponseEntity.noContent().build();
  }

  /// What the page needs to know of a file it has sent.
  record Kept(long id, String name, long size, String contentId) {
    static Kept of(DraftFile file) {
      var contentId = file.contentId();
      return new Kept(file.id(), file.name(), file.size(), contentId == null ? "" : contentId);
    }
  }

  record Refused(String problem) {}

  @PostMapping("/tickets/{number}/draft/files")
  ResponseEntity<?> add(
      @PathVariable long number,
      @RequestParam MultipartFile file,
      @RequestParam(defaultValue = "false") boolean shown,
      Agent agent) {
    return switch (draftFiles.add(ticket(number, agent).id(), agent.id(), file, shown)) {
      case Outcome.Accepted<DraftFile>(DraftFile kept) -> json(HttpStatus.OK).body(Kept.of(kept));
      case Outcome.Rejected<DraftFile>(var reason, var detail) ->
          json(HttpStatus.valueOf(reason.status())).body(new Refused(detail));
    };
  }

  private static ResponseEntity.BodyBuilder json(HttpStatus status) {
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
  }

  @PostMapping("/tickets/{number}/draft/files/{id}/removal")
  ResponseEntity<Void> remove(@PathVariable long number, @PathVariable long id, Agent agent) {
    draftFiles.remove(ticket(number, agent).id(), agent.id(), id);
    return ResponseEntity.noContent().build();
  }

  /// An image of one's own draft, as the editor shows it. What it is was told from its bytes.
  @GetMapping("/tickets/{number}/draft/pictures/{contentId}")
  ResponseEntity<InputStreamResource> picture(
      @PathVariable long number, @PathVariable String contentId, Agent agent) {
    return draftFiles
        .picture(ticket(number, agent).id(), agent.id(), contentId)
        .map(found -> Pictures.answer(found.type(), found.size(), files.open(found.file())))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private Ticket ticket(long number, Agent agent) {
    return tickets
        .visibleTo(agent)
        .get(new TicketId(number))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
