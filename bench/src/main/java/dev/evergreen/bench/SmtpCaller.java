package dev.evergreen.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// A mail server that hands over one mail after the other on one connection, as plainly as RFC 5321
/// allows.
final class SmtpCaller implements Callers.Connection {
  private final Socket socket = new Socket();
  private final BufferedReader in;
  private final OutputStream out;
  private final String to;
  private final Years words;

  SmtpCaller(InetSocketAddress address, String to, Years words) throws IOException {
    this.to = to;
    this.words = words;
    socket.connect(address);
    socket.setTcpNoDelay(true);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    out = socket.getOutputStream();
    expect("220");
    say("EHLO bench.example\r\n", "250");
  }

  @Override
  public void take(int number) throws IOException {
    var from = "c%d@d%d.example".formatted(number, number % 500);
    say("MAIL FROM:<" + from + ">\r\n", "250");
    say("RCPT TO:<" + to + ">\r\n", "250");
    say("DATA\r\n", "354");
    var random = new Random(number);
    say(
        """
        From: Customer %d <%s>
        To: <%s>
        Subject: %s
        Message-ID: <m%d@bench.example>
        Date: Mon, 23 Nov 2026 08:00:00 +0000
        MIME-Version: 1.0
        Content-Type: text/plain; charset=UTF-8

        %s
        .
        """
            .formatted(number, from, to, words.text(random, 6), number, words.text(random, 60))
            .replace("\n", "\r\n"),
        "250");
  }

  private void say(String words, String expected) throws IOException {
    out.write(words.getBytes(StandardCharsets.UTF_8));
    out.flush();
    expect(expected);
  }

  private void expect(String code) throws IOException {
    var line = in.readLine();
    while (line != null && line.startsWith(code + "-")) {
      line = in.readLine();
    }
    if (line == null || !line.startsWith(code)) {
      throw new IOException("expected " + code + ", but found " + line);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
