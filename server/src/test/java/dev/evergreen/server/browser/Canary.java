package dev.evergreen.server.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that nobody has a reason to reach. It keeps who came near, and what was said.
final class Canary implements AutoCloseable {
  private static final byte[] ANSWER =
      "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket socket;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  Canary() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::listen);
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /// How often somebody knocked, with a word or without.
  int connections() {
    return connections.get();
  }

  /// The first lines of what was asked.
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket visitor = socket.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> hear(visitor));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void hear(Socket visitor) {
    try (visitor) {
      var in = new InputStreamReader(visitor.getInputStream(), StandardCharsets.US_ASCII);
      String request = new BufferedReader(in).readLine();
      if (request != null) {
        requests.add(request);
        visitor.getOutputStream().write(ANSWER);
      }
    } catch (IOException _) {
      // Whoever knocked has gone without a word.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
