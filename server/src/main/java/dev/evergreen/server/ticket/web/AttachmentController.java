package dev.evergreen.server.ticket.web;

import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Attachment;
import dev.evergreen.server.ticket.AttachmentName;
import dev.evergreen.server.ticket.Attachments;
import dev.evergreen.server.ticket.MessageId;
import dev.evergreen.server.ticket.Tickets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Optional;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// Downloads. Whatever its sender called it, a file leaves as bytes to save, never to open here.
@Controller
class AttachmentController {
  private final Attachments attachments;
  private final Tickets tickets;
  private final Files files;

  AttachmentController(Attachments attachments, Tickets tickets, Files files) {
    this.attachments = attachments;
    this.tickets = tickets;
    this.files = files;
  }

  @Operation(summary = "The bytes of an attachment", tags = "Timeline")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = "application/octet-stream",
              schema = @Schema(type = "string", format = "binary")))
  @GetMapping("/api/v1/attachments/{id}")
  ResponseEntity<InputStreamResource> download(
      @PathVariable long id, @Parameter(hidden = true) Agent agent) {
    return found(id, agent).orElseThrow(() -> ApiRefusal.unknown("attachment " + id));
  }

  @GetMapping("/attachments/{id}")
  ResponseEntity<InputStreamResource> save(@PathVariable long id, Agent agent) {
    return found(id, agent).orElseGet(() -> ResponseEntity.notFound().build());
  }

  private Optional<ResponseEntity<InputStreamResource>> found(long id, Agent agent) {
    return attachments
        .withId(id)
        .filter(found -> tickets.visibleTo(agent).get(found.ticket()).isPresent())
        .map(found -> content(found.attachment()));
  }

  /// An image that a message of ours shows among its words.
  @GetMapping("/messages/{message}/pictures/{contentId}")
  ResponseEntity<InputStreamResource> picture(
      @PathVariable long message, @PathVariable String contentId, Agent agent) {
    return attachments
        .inline(new MessageId(message), contentId)
        .filter(found -> Pictures.isDrawn(found.attachment().type()))
        .filter(found -> tickets.visibleTo(agent).get(found.ticket()).isPresent())
        .map(found ->
            Pictures.answer(
                found.attachment().type(),
                found.attachment().size(),
                files.open(found.attachment().file())))
        .orElseGet(() -> ResponseEntity.notFound().build());
  }

  private ResponseEntity<InputStreamResource> content(Attachment attachment) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_DISPOSITION, AttachmentName.disposition(attachment.name()))
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header("X-Content-Type-Options", "nosniff")
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .contentLength(attachment.size())
        .body(new InputStreamResource(files.open(attachment.file())));
  }
}
