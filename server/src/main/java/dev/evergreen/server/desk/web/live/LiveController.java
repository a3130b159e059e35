package dev.evergreen.server.desk.web.live;

import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Session;
import dev.evergreen.server.team.Sessions;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.notification.Notifications;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The stream of ids behind every open page. Each holds one virtual thread and no database
/// connection between two looks.
@Controller
final class LiveController {

  private final LiveStreams streams;
  private final Sessions sessions;
  private final Tickets tickets;
  private final InstantSource clock;

  LiveController(LiveStreams streams, Sessions sessions, Tickets tickets, InstantSource clock) {
    this.streams = streams;
    this.sessions = sessions;
    this.tickets = tickets;
    this.clock = clock;
  }

  @GetMapping("/live")
  void watch(
      Session session,
      @RequestParam(required = false) @Nullable Instant since,
      HttpServletResponse response)
      throws InterruptedException {
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    var stream = new LiveStream(session);
    streams.add(stream, since == null ? clock.instant() : since);
    try {
      stream.sendTo(
          response.getOutputStream(),
          s -> sessions.isLive(s.id()),
          subject -> maySee(session, subject));
    } catch (IOException _) {
      // The browser has gone, which is how most streams end.
    } finally {
      streams.remove(stream);
    }
  }

  private boolean maySee(Session session, Subject subject) {
    return switch (subject.kind()) {
      case "ticket" ->
          tickets.visibleTo(session.agent()).get(new TicketId(subject.id())).isPresent();
      case "bell" -> subject.equals(Notifications.bellOf(session.agent().id()));
      default -> true;
    };
  }
}
