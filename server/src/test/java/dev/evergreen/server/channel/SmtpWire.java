package dev.evergreen.server.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/// A bare SMTP client, so that what goes over the wire is exactly what a test says.
final class SmtpWire implements AutoCloseable {
  private Socket socket;
  private BufferedReader in;

  SmtpWire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    in = reader();
    var _ = answer();
  }

  String say(String line) throws IOException {
    send(line + "\r\n");
    return answer();
  }

  /// Hands a mail over; the answer that ended it.
  String hand(String from, String to, String mail) throws IOException {
    String answer = "250";
    for (String line :
        new String[] {"HELO a.example", "MAIL FROM:<" + from + ">", "RCPT TO:<" + to + ">"}) {
      answer = answer.startsWith("250") ? say(line) : answer;
    }
    if (!answer.startsWith("250") || !say("DATA").startsWith("354")) {
      return answer;
    }
    send(mail.replace("\n", "\r\n"));
    return say("\r\n.");
  }

  /// Goes on over TLS, after STARTTLS was answered.
  void protect(SSLContext context) throws IOException {
    socket = context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    in = reader();
  }

  private void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private BufferedReader reader() throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private String answer() throws IOException {
    var answer = new StringBuilder();
    String line = in.readLine();
    while (line != null) {
      answer.append(line).append('\n');
      if (line.length() < 4 || line.charAt(3) == ' ') {
        break;
      }
      line = in.readLine();
    }
    return answer.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
