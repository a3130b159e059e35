package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.AttachmentName;
import dev.evergreen.server.ticket.side.FoundSides;
import dev.evergreen.server.ticket.side.SideId;
import dev.evergreen.server.ticket.side.SideMessage;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// Downloads of files of side conversations: bytes to save, never to open here.
@Controller
final class SideFileController {
  private final Desk desk;
  private final FoundSides sides;
  private final Files files;

  SideFileController(Desk desk, FoundSides sides, Files files) {
    this.desk = desk;
    this.sides = sides;
    this.files = files;
  }

  @GetMapping("/tickets/{number}/sides/{id}/files/{file}")
  ResponseEntity<InputStreamResource> download(
      @PathVariable long number, @PathVariable long id, @PathVariable long file, Agent agent) {
    var ticket = desk.current(number, agent, Permission.SEE);
    return sides.of(ticket.id()).stream()
        .filter(side -> side.id().equals(new SideId(id)))
        .findFirst()
        .flatMap(side -> sides.file(side.id(), file))
        .map(this::content)
        .orElseGet(() -> ResponseEntity.notFound().build());
  }

  private ResponseEntity<InputStreamResource> content(SideMessage.File file) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_DISPOSITION, AttachmentName.disposition(file.name()))
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header("X-Content-Type-Options", "nosniff")
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .contentLength(file.size())
        .body(new InputStreamResource(files.open(file.file())));
  }
}
