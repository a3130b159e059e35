package dev.evergreen.server.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One SMTP conversation, spoken by hand so that it can be cut at any place.
final class SmtpLine implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  SmtpLine(int port) throws IOException {
    socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
    socket.setSoTimeout(15_000);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    out = socket.getOutputStream();
    expect("220");
    say("EHLO referee.example");
    expect("250");
  }

  /// Everything up to and with the answer to DATA.
  void open(String from, String to) throws IOException {
    say("MAIL FROM:<" + from + ">");
    expect("250");
    say("RCPT TO:<" + to + ">");
    expect("250");
    say("DATA");
    expect("354");
  }

  void text(String text) throws IOException {
    out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /// True when the mail was acknowledged.
  boolean finish() throws IOException {
    say("\r\n.");
    return reply().startsWith("250");
  }

  private void say(String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void expect(String code) throws IOException {
    var reply = reply();
    if (!reply.startsWith(code)) {
      throw new IOException("expected " + code + ", but found " + reply);
    }
  }

  private String reply() throws IOException {
    @Nullable String line;
    do {
      line = in.readLine();
      if (line == null) {
        throw new IOException("expected a reply, but the connection was closed");
      }
    } while (line.length() > 3 && line.charAt(3) == '-');
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
