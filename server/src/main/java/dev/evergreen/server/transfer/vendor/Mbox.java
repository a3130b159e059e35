package dev.evergreen.server.transfer.vendor;

import dev.evergreen.server.channel.mime.Address;
import dev.evergreen.server.channel.mime.Headers;
import dev.evergreen.server.channel.mime.MailReader;
import dev.evergreen.server.channel.mime.MailRefused;
import dev.evergreen.server.channel.mime.ParsedMail;
import dev.evergreen.server.ticket.past.PastTicket.Entry.Way;
import dev.evergreen.server.transfer.Aspect;
import dev.evergreen.server.transfer.Bundle;
import dev.evergreen.server.transfer.Finding;
import dev.evergreen.server.transfer.ForeignFile;
import dev.evergreen.server.transfer.ForeignTicket;
import dev.evergreen.server.transfer.ForeignTicket.Entry;
import dev.evergreen.server.transfer.ForeignTicket.Words;
import dev.evergreen.server.transfer.Person;
import dev.evergreen.server.transfer.Source;
import dev.evergreen.server.transfer.vendor.Vendor.Piece;
import jakarta.mail.internet.MailDateFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Mailboxes as files (RFC 4155, and the `>From ` quoting of mboxrd). Mails that answer each other
/// become one ticket; which are ours is told by the sender's address. Where each mail lies is laid
/// aside first, and mails are read when their ticket is put together.
final class Mbox implements Source {
  private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_HEADER = 1 << 18;
  private static final int AT_ONCE = 100;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int LARGEST = 64 << 20;
  private static final String MAIL = "mail";
  private static final String ID = "id";

  private final Bundle bundle;
  private final Staging staging;

  /// Until it is closed: files are read from it when their tickets are written.
  private Staging.@Nullable Reading reading;

  private final Predicate<String> isOurs;
  private final Instant now;
  private final List<Path> files = new ArrayList<>();
  private final List<Path> copies = new ArrayList<>();

  /// @param isOurs whether mail from an address is an answer of ours
  Mbox(Bundle bundle, Staging staging, Predicate<String> isOurs, Instant now) {
    this.bundle = bundle;
    this.staging = staging;
    this.isOurs = isOurs;
    this.now = now;
  }

  @Override
  public void read(Consumer<ForeignTicket> taker, Consumer<Finding> findings) throws IOException {
    var laid = staging.begin();
    reading = laid;
    for (var part : bundle.parts()) {
      files.add(local(part));
      index(files.size() - 1, part.name(), laid, findings);
    }
    laid.flush();
    var last = "";
    while (true) {
      var threads = laid.after(Vendor.TICKET, last, AT_ONCE);
      for (var thread : threads) {
        taker.accept(ticket(thread, laid, findings));
        last = thread.key();
      }
      if (threads.size() < AT_ONCE) {
        return;
      }
    }
  }

  private Path local(Bundle.Part part) throws IOException {
    if (part.path() != null) {
      return part.path();
    }
    var copy = Files.createTempFile("import", ".mbox");
    copies.add(copy);
    try (var in = part.open();
        var out = Files.newOutputStream(copy)) {
      in.transferTo(out);
    }
    return copy;
  }

  /// Goes through a file once, from one `From ` line to the next.
  private void index(int file, String name, Staging.Reading reading, Consumer<Finding> findings)
      throws IOException {
    long at = 0;
    long begin = -1;
    var header = new ByteArrayOutputStream();
    boolean inHeader = false;
    boolean afterBlank = true;
    try (var lines = new ByteLines(Files.newInputStream(files.get(file)))) {
      for (var line = lines.next(); line != null; line = lines.next()) {
        var bytes = line.bytes();
        if (afterBlank && line.startsWith(FROM)) {
          lay(new Place(file, name, begin, at - begin), header, reading);
          begin = at + bytes.length;
          header.reset();
          inHeader = true;
        } else if (begin < 0) {
          findings.accept(
              new Finding(name + " line 1", "a line that begins with “From ”", "another one"));
          return;
        } else if (inHeader) {
          inHeader = !line.isBlank();
          if (header.size() < LONGEST_HEADER) {
            header.write(bytes, 0, bytes.length);
          }
        }
        afterBlank = line.isBlank();
        at += bytes.length;
      }
      lay(new Place(file, name, begin, at - begin), header, reading);
    }
  }

  /// Where a mail lies; before the first one `at` is below zero.
  private record Place(int file, String name, long at, long length) {
    /// In the order of the files.
    String key() {
      return "%05d-%015d".formatted(file, at);
    }
  }

  /// A mail belongs to the thread of the first mail that it refers to and that is here already.
  private static void lay(Place mail, ByteArrayOutputStream header, Staging.Reading reading) {
    if (mail.at() < 0) {
      return;
    }
    var headers =
        MailReader.read(new ByteArrayInputStream(header.toByteArray()), _ -> 0, LIMIT).headers();
    var id = headers.messageId().isEmpty() ? mail.name() + "@" + mail.at() : headers.messageId();
    var thread = "";
    for (var field : List.of("In-Reply-To", "References")) {
      for (var other : headers.ids(field)) {
        if (thread.isEmpty()) {
          thread = Json.text(reading.get(ID, other).data(), "thread");
        }
      }
    }
    var place = "%s byte %d".formatted(mail.name(), mail.at());
    if (thread.isEmpty()) {
      thread = mail.key();
      reading.add(Vendor.TICKET, thread, "", place, Json.MAPPER.createObjectNode().put("id", id));
    }
    var named = Json.MAPPER.createObjectNode().put("thread", thread);
    reading.add(ID, id, "", place, named);
    var lies = Json.MAPPER.createObjectNode();
    lies.put("file", mail.file());
    lies.put("at", mail.at());
    lies.put("length", mail.length());
    reading.add(MAIL, mail.key(), thread, place, lies);
    reading.keep(ID, id, place, named); // the next mail may answer it
  }

  private ForeignTicket ticket(Piece thread, Staging.Reading reading, Consumer<Finding> findings) {
    var entries = new ArrayList<Entry>();
    var subject = "";
    Person customer = null;
    for (var mail : reading.of(MAIL, thread.key())) {
      try {
        var parsed = MailReader.read(open(mail), _ -> 0, LIMIT);
        var entry = entry(mail, parsed);
        entries.add(entry);
        var text = parsed.headers().text("Subject");
        subject = subject.isEmpty() ? text : subject;
        if (customer == null && entry.by().kind() == Person.Kind.CUSTOMER) {
          customer = entry.by();
        }
        if (customer == null) {
          customer = recipient(parsed.headers());
        }
      } catch (MailRefused | IOException e) {
        findings.accept(
            new Finding(mail.place(), "a mail that can be read", String.valueOf(e.getMessage())));
      }
    }
    return new ForeignTicket(
        Json.text(thread.data(), "id"),
        Json.text(thread.data(), "id"),
        thread.place(),
        new ForeignTicket.Said(
            subject.replaceFirst("(?i)^((re|aw|fwd?|wg):\\s*)+", ""),
            Map.of(Aspect.STATUS, "archived"),
            List.of(),
            Map.of(),
            Map.of()),
        new ForeignTicket.People(customer, null),
        new ForeignTicket.Times(null, null, null),
        entries);
  }

  private @Nullable Person recipient(Headers headers) {
    return headers.addresses("To").stream()
        .filter(address -> !isOurs.test(address.address()))
        .findFirst()
        .map(to -> Person.customer(to.address(), to.name(), to.address(), ""))
        .orElse(null);
  }

  private Entry entry(Piece mail, ParsedMail parsed) {
    var headers = parsed.headers();
    var from = headers.addresses("From").stream().findFirst().orElseGet(() -> new Address("", ""));
    boolean ours = isOurs.test(from.address());
    var by =
        ours
            ? Person.agent(from.address(), from.name(), from.address())
            : Person.customer(from.address(), from.name(), from.address(), "");
    var files = new ArrayList<ForeignFile>();
    for (int i = 0; i < parsed.attachments().size(); i++) {
      var attached = parsed.attachments().get(i);
      int number = i;
      files.add(
          new ForeignFile(
              attached.name(), attached.type(), attached.contentId(), () -> content(mail, number)));
    }
    return new Entry.Message(
        by,
        time(headers),
        ours ? Way.TO_CUSTOMER : Way.FROM_CUSTOMER,
        new Words(
            parsed.text(),
            parsed.html(),
            headers.messageId().isEmpty() ? null : headers.messageId(),
            null),
        files);
  }

  private Instant time(Headers headers) {
    try {
      var date = new MailDateFormat().parse(headers.first("Date").orElse(""));
      return date == null ? now : date.toInstant();
    } catch (ParseException _) {
      return now;
    }
  }

  /// One attachment of a mail, which is read again for it.
  private InputStream content(Piece mail, int number) throws IOException {
    var copy = Files.createTempFile("import", ".part");
    var next = new AtomicInteger();
    var _ =
        MailReader.read(
            open(mail),
            content -> {
              try {
                if (next.getAndIncrement() == number) {
                  Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
                } else {
                  content.transferTo(OutputStream.nullOutputStream());
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return 0;
            },
            LIMIT);
    return Files.newInputStream(copy, StandardOpenOption.DELETE_ON_CLOSE);
  }

  private InputStream open(Piece mail) throws IOException {
    var data = mail.data();
    int length = data.path("length").intValue();
    if (data.path("length").longValue() > LARGEST) {
      throw new IOException("expected at most 64 MB, but it has " + data.path("length"));
    }
    try (var file = new RandomAccessFile(files.get(data.path("file").intValue()).toFile(), "r")) {
      file.seek(data.path("at").longValue());
      var bytes = new byte[length];
      file.readFully(bytes);
      return new ByteArrayInputStream(unquoted(bytes));
    }
  }

  /// Lines that would have begun a mail have a `>` in front.
  private static byte[] unquoted(byte[] mail) throws IOException {
    var plain = new ByteArrayOutputStream(mail.length);
    try (var lines = new ByteLines(new ByteArrayInputStream(mail))) {
      for (var line = lines.next(); line != null; line = lines.next()) {
        var bytes = line.bytes();
        int quotes = 0;
        while (line.isBeginning() && quotes < bytes.length && bytes[quotes] == '>') {
          quotes++;
        }
        boolean isQuoted =
            quotes > 0
                && bytes.length - quotes >= FROM.length
                && Arrays.equals(bytes, quotes, quotes + FROM.length, FROM, 0, FROM.length);
        plain.write(bytes, isQuoted ? 1 : 0, bytes.length - (isQuoted ? 1 : 0));
      }
    }
    return plain.toByteArray();
  }

  @Override
  public void close() {
    var laid = reading;
    if (laid != null) {
      laid.close();
    }
    for (var copy : copies) {
      try {
        Files.deleteIfExists(copy);
      } catch (IOException _) {
        copy.toFile().deleteOnExit();
      }
    }
  }
}
