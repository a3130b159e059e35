package dev.evergreen.server.channel.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// What lies between a reader and its mail server. It passes everything on, and shows each command
/// before the server has it, so that a test can have something happen between two of them.
final class ImapLink implements AutoCloseable {
  private final ServerSocket door;
  private final int server;
  private volatile Consumer<String> onlooker = _ -> {};

  ImapLink(int server) throws IOException {
    this.server = server;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::admit);
  }

  int port() {
    return door.getLocalPort();
  }

  /// Has each command from now on looked at first.
  void watch(Consumer<String> onlooker) {
    this.onlooker = onlooker;
  }

  private void admit() {
    while (!door.isClosed()) {
      try {
        var reader = door.accept();
        var peer = new Socket(InetAddress.getLoopbackAddress(), server);
        Thread.ofVirtual().start(() -> commands(reader, peer));
        Thread.ofVirtual().start(() -> answers(peer, reader));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void commands(Socket reader, Socket peer) {
    try (reader;
        peer;
        var lines =
            new BufferedReader(
                new InputStreamReader(reader.getInputStream(), StandardCharsets.ISO_8859_1))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        onlooker.accept(line);
        peer.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException _) {
      // one of them has gone
    }
  }

  private static void answers(Socket peer, Socket reader) {
    try (peer;
        reader) {
      peer.getInputStream().transferTo(reader.getOutputStream());
    } catch (IOException _) {
      // one of them has gone
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
