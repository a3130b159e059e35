package dev.evergreen.server.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;

/// A bare SMTP client, so that what goes over the wire is exactly what a test says, and can be cut
/// at any place.
public final class SmtpWire implements AutoCloseable {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int ANSWER_MILLIS = 30_000;

  private Socket socket;
  private BufferedReader in;

  public SmtpWire(int port) throws IOException {
    socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
    socket.setSoTimeout(ANSWER_MILLIS);
    in = reader();
    expect("220", answer());
  }

  /// The whole answer to a line.
  public String say(String line) throws IOException {
    send(line + "\r\n");
    return answer();
  }

  public void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /// Everything up to the open DATA.
  public void open(String from, String... recipients) throws IOException {
    expect("250", say("EHLO referee.example"));
    expect("250", say("MAIL FROM:<" + from + ">"));
    for (String to : recipients) {
      expect("250", say("RCPT TO:<" + to + ">"));
    }
    expect("354", say("DATA"));
  }

  /// Text of a mail whose DATA is open, with line ends as they travel.
  public void write(String text) throws IOException {
    send(text.replace("\n", "\r\n"));
  }

  /// Ends the open DATA; the answer that a mail is kept or refused by.
  public String finish() throws IOException {
    return say("\r\n.");
  }

  /// Hands a mail over; the answer that ended it.
  String hand(String from, String to, String mail) throws IOException {
    String answer = "250";
    for (String line :
        List.of("HELO a.example", "MAIL FROM:<" + from + ">", "RCPT TO:<" + to + ">")) {
      answer = answer.startsWith("250") ? say(line) : answer;
    }
    if (!answer.startsWith("250") || !say("DATA").startsWith("354")) {
      return answer;
    }
    write(mail);
    return finish();
  }

  /// Goes on over TLS, after STARTTLS was answered.
  void protect(SSLContext context) throws IOException {
    socket = context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    in = reader();
  }

  private BufferedReader reader() throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private String answer() throws IOException {
    var answer = new StringBuilder();
    while (true) {
      String line = in.readLine();
      if (line == null) {
        throw new IOException("expected an answer, but the connection was closed after " + answer);
      }
      answer.append(line).append('\n');
      if (line.length() < 4 || line.charAt(3) == ' ') {
        return answer.toString();
      }
    }
  }

  private static void expect(String code, String answer) throws IOException {
    if (!answer.startsWith(code)) {
      throw new IOException("expected " + code + ", but found " + answer);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
