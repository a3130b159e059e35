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
  private final OpenPages pages;
  private final InstantSource clock;

  LiveController(
      LiveStreams streams,
      Sessions sessions,
      Tickets tickets,
      OpenPages pages,
      InstantSource clock) {
    this.streams = streams;
    this.sessions = sessions;
    this.tickets = tickets;
    this.pages = pages;
    this.clock = clock;
  }

  /// @param ticket the one that the page shows; colleagues on it see that it does
  @GetMapping("/live")
  void watch(
      Session session,
      @RequestParam(required = false) @Nullable Instant since,
      @RequestParam(required = false) @Nullable Long ticket,
      HttpServletResponse response)
      throws InterruptedException {
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    var stream = new LiveStream(session);
    streams.add(stream, since == null ? clock.instant() : since);
    try (var _ = visit(session, ticket)) {
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

  private OpenPages.@Nullable Visit visit(Session session, @Nullable Long ticket) {
    return ticket == null || !maySee(session, new TicketId(ticket).subject())
        ? null
        : pages.open(new TicketId(ticket), session.agent().id());
  }

  private boolean maySee(Session session, Subject subject) {
    return switch (subject.kind()) {
      case "ticket", OpenPages.KIND ->
          tickets.visibleTo(session.agent()).get(new TicketId(subject.id())).isPresent();
      case "bell" -> subject.equals(Notifications.bellOf(session.agent().id()));
      default -> true;
    };
  }
}
