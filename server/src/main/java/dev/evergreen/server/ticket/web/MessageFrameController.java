package dev.evergreen.server.ticket.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.MessageId;
import dev.evergreen.server.ticket.Messages;
import dev.evergreen.server.ticket.Tickets;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// A message as its sender formatted it, for a frame of its own: without scripts, without our
/// origin, loading nothing from anywhere. The images it shows are those that came with it.
@Controller
class MessageFrameController {
  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "img-src data:",
          "style-src 'unsafe-inline'",
          "form-action 'none'",
          "base-uri 'none'",
          "frame-ancestors 'self'",
          "sandbox allow-popups allow-popups-to-escape-sandbox");

  private final Messages messages;
  private final Tickets tickets;
  private final MessageFrame frame;

  MessageFrameController(Messages messages, Tickets tickets, MessageFrame frame) {
    this.messages = messages;
    this.tickets = tickets;
    this.frame = frame;
  }

  @GetMapping("/messages/{id}/frame")
  void show(@PathVariable long id, Agent agent, HttpServletResponse response) throws IOException {
    var message =
        messages
            .withId(new MessageId(id))
            .filter(found -> found.body().html() != null)
            .filter(found -> tickets.visibleTo(agent).get(found.ticket()).isPresent());
    if (message.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    write(message.get(), response);
  }

  private void write(Message message, HttpServletResponse response) throws IOException {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-DNS-Prefetch-Control", "off"); // or a link's name would tell its reading
    response.setContentType("text/html;charset=UTF-8");
    frame.write(message, response.getOutputStream());
  }
}
