package dev.evergreen.server.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// The mail server behind a node: takes letters over STARTTLS and keeps them, and lets a test
/// decide what becomes of the node or the connection around the answer.
final class RelaySink implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("(?mi)^Message-ID:\\s*(<[^>]+>)");

  /// A letter as it came to its recipient.
  record Received(String to, String messageId, boolean isProtected, String raw) {}

  /// What the node experiences after the end of DATA.
  enum Fate {
    /// It hears that the letter was taken.
    ANSWERED,
    /// The connection ends before it hears anything.
    UNANSWERED
  }

  private final ServerSocket door;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile @Nullable SSLContext identity;
  private volatile Function<Received, Fate> fate = _ -> Fate.ANSWERED;

  /// @param identity what STARTTLS shows; without one it is not offered
  RelaySink(@Nullable SSLContext identity) throws IOException {
    this.identity = identity;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::admit);
  }

  int port() {
    return door.getLocalPort();
  }

  List<Received> received() {
    return received;
  }

  /// Shows another certificate, or none, from the next connection on.
  void show(@Nullable SSLContext other) {
    identity = other;
  }

  /// What happens from the next letter on; asked with each letter that has come whole.
  void decide(Function<Received, Fate> decision) {
    fate = decision;
  }

  private void admit() {
    while (!door.isClosed()) {
      try {
        var peer = door.accept();
        Thread.ofVirtual().start(() -> serve(peer));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket peer) {
    try (var conversation = new Conversation(peer)) {
      conversation.run();
    } catch (IOException _) {
      // the node went away, or did not believe us
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private final class Conversation implements AutoCloseable {
    private Socket socket;
    private BufferedReader in;
    private String to = "";

    Conversation(Socket socket) throws IOException {
      this.socket = socket;
      in = reader();
    }

    void run() throws IOException {
      say("220 relay.example");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line.split("[ :]", 2)[0].toUpperCase(java.util.Locale.ROOT)) {
          case "EHLO" ->
              say(identity == null || isProtected() ? "250 OK" : "250-OK\r\n250 STARTTLS");
          case "STARTTLS" -> protect();
          case "RCPT" -> {
            to = line.replaceFirst(".*<(.*)>.*", "$1");
            say("250 OK");
          }
          case "DATA" -> {
            say("354 Go on");
            if (take(text()) == Fate.UNANSWERED) {
              return;
            }
            say("250 Taken");
          }
          case "QUIT" -> {
            say("221 Bye");
            return;
          }
          default -> say("250 OK");
        }
      }
    }

    private Fate take(String raw) {
      var id = ID.matcher(raw);
      var letter = new Received(to, id.find() ? id.group(1) : "", isProtected(), raw);
      received.add(letter);
      return fate.apply(letter);
    }

    private String text() throws IOException {
      var text = new StringBuilder();
      for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
        if (line == null) {
          throw new IOException("expected the end of DATA, but the connection was closed");
        }
        text.append(line).append('\n');
      }
      return text.toString();
    }

    private boolean isProtected() {
      return socket instanceof SSLSocket;
    }

    private void protect() throws IOException {
      SSLContext context = identity;
      if (context == null) {
        say("502 Not here");
        return;
      }
      say("220 Go on");
      var layered =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
      layered.setUseClientMode(false);
      layered.startHandshake();
      socket = layered;
      in = reader();
    }

    private BufferedReader reader() throws IOException {
      return new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private void say(String line) throws IOException {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
