package dev.evergreen.server.channel.mime;

import dev.evergreen.server.platform.FileId;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;

/// Reads one mail in a single pass. Attachments go straight to their store, text parts are held up
/// to a limit, a mail inside a mail stays one attachment, and what is nested too deeply is kept
/// whole as an attachment instead of being opened. Only exceeding a limit of the header, of the
/// number of parts, or of time refuses a mail.
public final class MailReader {
  private static final int MAX_DEPTH = 24;
  private static final int MAX_PARTS = 1_000;
  private static final int MAX_TEXT_BYTES = 1 << 20;
  private static final int MAX_REPORT_BYTES = 1 << 16;
  private static final MimeConfig LIMITS =
      new MimeConfig.Builder()
          .setMaxHeaderCount(2_000)
          .setMaxHeaderLen(256 * 1024)
          .setMaxLineLen(-1)
          .setMaxContentLen(-1)
          .build();

  private final ToLongFunction<InputStream> store;
  private final long deadline;
  private final MimeTokenStream tokens = new MimeTokenStream(LIMITS);
  private final Deque<Multipart> multiparts = new ArrayDeque<>();
  private final List<ParsedMail.Part> attachments = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder html = new StringBuilder();
  private final StringBuilder status = new StringBuilder();
  private final StringBuilder returned = new StringBuilder();
  private List<Headers.Field> fields = new ArrayList<>();
  private @Nullable Headers top;
  private int parts;

  private record Multipart(String type) {}

  private MailReader(ToLongFunction<InputStream> store, Duration limit) {
    this.store = store;
    this.deadline = System.nanoTime() + limit.toNanos();
  }

  /// Reads the raw mail; `store` keeps an attachment's content and gives the id of its file.
  ///
  /// @throws MailRefused when the mail exceeds the limits
  public static ParsedMail read(
      InputStream raw, ToLongFunction<InputStream> store, Duration limit) {
    try {
      return new MailReader(store, limit).read(raw);
    } catch (MimeException e) {
      throw new MailRefused("its structure exceeds the limits: " + e.getMessage(), e);
    } catch (IOException e) {
      if (e.getCause() instanceof MimeException limitExceeded) {
        throw new MailRefused("its structure exceeds the limits: " + limitExceeded.getMessage(), e);
      }
      throw new UncheckedIOException(e);
    }
  }

  private ParsedMail read(InputStream raw) throws IOException, MimeException {
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    tokens.parse(new Timed(raw));
    for (EntityState state = tokens.getState();
        state != EntityState.T_END_OF_STREAM;
        state = tokens.next()) {
      step(state);
    }
    String shown =
        text.isEmpty() && !html.isEmpty() ? HtmlText.of(html.toString()) : text.toString();
    DeliveryReport report =
        status.isEmpty() ? null : DeliveryReport.read(status.toString(), returned.toString());
    return new ParsedMail(
        Objects.requireNonNullElse(top, new Headers(List.of())),
        shown.strip(),
        html.isEmpty() ? null : html.toString(),
        attachments,
        report);
  }

  private void step(EntityState state) throws IOException {
    switch (state) {
      case T_START_HEADER -> fields = new ArrayList<>();
      case T_FIELD -> fields.add(field(tokens.getField()));
      case T_END_HEADER -> endHeader();
      case T_START_MULTIPART -> {
        multiparts.push(new Multipart(tokens.getBodyDescriptor().getMimeType()));
        if (multiparts.size() >= MAX_DEPTH) {
          tokens.setRecursionMode(RecursionMode.M_FLAT);
        }
      }
      case T_END_MULTIPART -> {
        multiparts.poll();
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
      }
      case T_BODY -> leaf(new Headers(fields));
      default -> {}
    }
  }

  private void endHeader() {
    if (top == null) {
      top = new Headers(fields);
    }
    if (++parts > MAX_PARTS) {
      throw new MailRefused("expected at most " + MAX_PARTS + " parts, but it has more");
    }
  }

  private static Headers.Field field(Field field) {
    byte[] raw =
        field.getRaw() == null
            ? (field.getName() + ":" + field.getBody()).getBytes(StandardCharsets.UTF_8)
            : field.getRaw().toByteArray();
    String line = Charsets.decode(raw, null);
    int colon = line.indexOf(':');
    String value = line.substring(colon + 1).replaceAll("\\r?\\n(?=[ \\t])", "").strip();
    return new Headers.Field(line.substring(0, Math.max(colon, 0)).strip(), value);
  }

  private void leaf(Headers part) throws IOException {
    HeaderValue type = HeaderValue.parse(part.first("Content-Type").orElse("text/plain"));
    HeaderValue disposition = HeaderValue.parse(part.first("Content-Disposition").orElse(""));
    String name = nameOf(type, disposition);
    boolean attached = disposition.value().equals("attachment") || !name.isEmpty();
    String kind = type.value().isEmpty() ? "text/plain" : type.value();
    if (multiparts.isEmpty() && !kind.contains("/")) {
      kind = "text/plain";
    }
    InputStream content = tokens.getDecodedInputStream();
    if (!attached && kind.equals("text/plain")) {
      append(text, decoded(content, type));
    } else if (!attached && kind.equals("text/html")) {
      append(html, decoded(content, type));
    } else if (inReport() && isReport(kind)) {
      report(kind, content, part, name);
    } else {
      keep(content, kind, name, part);
    }
  }

  private String decoded(InputStream content, HeaderValue type) throws IOException {
    byte[] bytes = content.readNBytes(MAX_TEXT_BYTES);
    boolean cut = content.skip(Long.MAX_VALUE) > 0;
    String decoded = Charsets.decode(bytes, type.parameter("charset")).replace("\r\n", "\n");
    return cut ? decoded + "\n[…] The rest is in the original mail." : decoded;
  }

  private static void append(StringBuilder body, String more) {
    if (body.length() < 2 * MAX_TEXT_BYTES) {
      body.append(body.isEmpty() || more.isBlank() ? "" : "\n").append(more);
    }
  }

  private boolean inReport() {
    return multiparts.stream().anyMatch(multipart -> multipart.type().equals("multipart/report"));
  }

  private static boolean isReport(String kind) {
    return kind.startsWith("message/") || kind.equals("text/rfc822-headers");
  }

  private void report(String kind, InputStream content, Headers part, String name)
      throws IOException {
    var seen = new Seen(content, MAX_REPORT_BYTES);
    keep(seen, kind, name, part);
    StringBuilder into = kind.endsWith("delivery-status") ? status : returned;
    into.append(Charsets.decode(seen.bytes(), null)).append('\n');
  }

  private void keep(InputStream content, String kind, String name, Headers part) {
    var counted = new Counted(content);
    var file = new FileId(store.applyAsLong(counted));
    List<String> ids = part.ids("Content-ID");
    String id = ids.isEmpty() ? part.first("Content-ID").orElse("").strip() : ids.getFirst();
    String shown = name.isEmpty() ? defaultName(kind) : name;
    attachments.add(
        new ParsedMail.Part(file, shown, kind, counted.count, id.isEmpty() ? null : id));
  }

  private String defaultName(String kind) {
    String ending =
        switch (kind) {
          case "message/rfc822" -> "eml";
          case "message/delivery-status", "text/rfc822-headers", "text/plain" -> "txt";
          case "text/calendar" -> "ics";
          case "image/jpeg" -> "jpg";
          default -> kind.replaceFirst(".*/", "").replaceAll("[^a-z0-9].*", "");
        };
    String number = "attachment-" + (attachments.size() + 1);
    return ending.isEmpty() || kind.startsWith("multipart/")
        ? number + ".eml"
        : number + "." + ending;
  }

  private static String nameOf(HeaderValue type, HeaderValue disposition) {
    String name = disposition.parameter("filename");
    name = name == null ? type.parameter("name") : name;
    if (name == null) {
      return "";
    }
    String safe = name.replaceAll("[\\p{Cntrl}\\p{Cf}/\\\\]+", "_").strip();
    return safe.length() > 200 ? safe.substring(safe.length() - 200) : safe;
  }

  /// Ends the reading of a mail that takes too long, at whatever layer it happens to be.
  private final class Timed extends FilterInputStream {
    Timed(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      check();
      return in.read();
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      check();
      return in.read(into, at, length);
    }

    private void check() {
      if (System.nanoTime() > deadline) {
        throw new MailRefused("reading it took too long");
      }
    }
  }

  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int read = in.read(into, at, length);
      count += Math.max(read, 0);
      return read;
    }
  }

  /// Remembers the beginning of what passes through.
  private static final class Seen extends FilterInputStream {
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private final int limit;

    Seen(InputStream in, int limit) {
      super(in);
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      if (read >= 0 && beginning.size() < limit) {
        beginning.write(read);
      }
      return read;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int read = in.read(into, at, length);
      if (read > 0 && beginning.size() < limit) {
        beginning.write(into, at, Math.min(read, limit - beginning.size()));
      }
      return read;
    }

    byte[] bytes() {
      return beginning.toByteArray();
    }
  }
}
