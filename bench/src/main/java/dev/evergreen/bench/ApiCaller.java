package dev.evergreen.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;

/// A program that opens one ticket after the other over one connection.
final class ApiCaller implements Callers.Connection {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final IntFunction<String> tokens;
  private final Years words;

  ApiCaller(int port, IntFunction<String> tokens, Years words) throws IOException {
    this.tokens = tokens;
    this.words = words;
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  @Override
  public void take(int number) throws IOException {
    var random = new Random(number);
    var body =
        """
        {"address": "p%d@d%d.example", "name": "Caller %d", "channel": "phone", "subject": "%s", "text": "%s", "mine": false}
        """
            .formatted(number, number % 500, number, words.text(random, 6), words.text(random, 60));
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    out.write(
        """
        POST /api/v1/tickets HTTP/1.1
        Host: localhost
        Authorization: Bearer %s
        Content-Type: application/json
        Content-Length: %d

        """
            .formatted(tokens.apply(number), bytes.length)
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.flush();
    var status = line();
    int length = 0;
    boolean chunked = false;
    for (var header = line(); !header.isEmpty(); header = line()) {
      var lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
    }
    in.skipNBytes(length);
    while (chunked) {
      int size = Integer.parseInt(line(), 16);
      in.skipNBytes(size);
      line();
      chunked = size > 0;
    }
    if (!status.startsWith("HTTP/1.1 201")) {
      throw new IOException("expected a ticket to be opened, but found " + status);
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("expected an answer, but the connection ended");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
