package dev.evergreen.server.desk.web.live;

import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// One browser that watches. Changes gather here until its thread sends them, each subject once
/// however often it changed, so a slow browser costs this node a set of ids and nothing else.
final class LiveStream {

  private static final int LOOK_SECONDS = 3;
  private static final int MANY = 500;

  /// Wakes the thread of a stream that is being closed; never sent.
  private static final Subject END = new Subject("end", 0);

  private final Session session;
  private final BlockingQueue<Subject> waiting = new LinkedBlockingQueue<>(MANY);
  private volatile boolean closed;

  LiveStream(Session session) {
    this.session = session;
  }

  Session session() {
    return session;
  }

  /// Takes note of a change. A browser so far behind that it missed hundreds is closed: it comes
  /// back and fetches everything that it shows.
  void changed(Subject subject) {
    if (!waiting.offer(subject)) {
      closed = true;
    }
  }

  void close() {
    closed = true;
    changed(END);
  }

  /// Sends until the browser is gone, the session has ended or the node stops. The session is
  /// looked at every few seconds whatever happens, which also shows whether the browser still
  /// listens.
  void sendTo(OutputStream out, Predicate<Session> isLive, Predicate<Subject> maySee)
      throws IOException, InterruptedException {
    send(out, "retry: 2000\n\n");
    while (!closed) {
      if (!isLive.test(session)) {
        send(out, "event: ended\ndata: session\n\n");
        return;
      }
      Set<Subject> changes = next();
      var text = new StringBuilder(changes.isEmpty() ? ":\n\n" : "");
      changes.stream().filter(maySee).forEach(s -> text.append("data: ").append(s).append("\n\n"));
      send(out, text.toString());
    }
  }

  private Set<Subject> next() throws InterruptedException {
    Set<Subject> changes = new LinkedHashSet<>();
    Subject first = waiting.poll(LOOK_SECONDS, TimeUnit.SECONDS);
    if (first != null) {
      changes.add(first);
      waiting.drainTo(changes);
      changes.remove(END);
    }
    return changes;
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
