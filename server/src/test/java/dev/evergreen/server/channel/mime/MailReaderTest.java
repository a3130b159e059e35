package dev.evergreen.server.channel.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailReaderTest {
  private static final Path CORPUS = Path.of("src/test/resources/mail");

  private final List<byte[]> stored = new ArrayList<>();

  static List<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files.filter(path -> path.toString().endsWith(".eml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void real_mails_are_read_the_same_twice_and_give_valid_text(Path mail) throws IOException {
    byte[] raw = Files.readAllBytes(mail);

    ParsedMail once = read(raw);
    ParsedMail twice = read(raw);

    assertThat(once.headers()).isEqualTo(twice.headers());
    assertThat(once.text()).isEqualTo(twice.text()).doesNotContain("\0");
    assertThat(once.html()).isEqualTo(twice.html());
    assertThat(once.attachments()).hasSameSizeAs(twice.attachments());
    assertThat(once.text().isEmpty() && once.attachments().isEmpty() && bodyOf(raw) > 0).isFalse();
    if (once.html() != null) {
      String clean = HtmlSanitizer.sanitize(once.html());
      assertThat(HtmlSanitizer.sanitize(clean)).isEqualTo(clean);
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void cut_and_damaged_mails_never_throw(Path mail) throws IOException {
    byte[] raw = Files.readAllBytes(mail);
    var random = new Random(raw.length);
    for (int round = 0; round < 20; round++) {
      byte[] broken = Arrays.copyOf(raw, 1 + random.nextInt(raw.length));
      for (int i = 0; i < 10; i++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }

      assertThat(read(broken).text()).doesNotContain("\0");
    }
  }

  @Test
  void reports_are_recognized_as_bounces() throws IOException {
    for (String name : List.of("report_422", "report_530", "multi_address_bounce1")) {
      ParsedMail mail =
          read(Files.readAllBytes(CORPUS.resolve("multipart_report_emails/" + name + ".eml")));

      assertThat(mail.report()).as(name).isNotNull();
    }
    assertThat(
            read(Files.readAllBytes(CORPUS.resolve("multipart_report_emails/report_530.eml")))
                .report())
        .satisfies(report -> {
          assertThat(report.failed()).isTrue();
          assertThat(report.status()).isEqualTo("5.3.0");
        });
  }

  @Test
  void attachments_are_kept_with_their_names_and_bytes() throws IOException {
    ParsedMail pdf =
        read(Files.readAllBytes(CORPUS.resolve("attachment_emails/attachment_pdf.eml")));
    ParsedMail japanese =
        read(Files.readAllBytes(CORPUS.resolve("multi_charset/japanese_attachment_long_name.eml")));
    ParsedMail forwarded =
        read(Files.readAllBytes(CORPUS.resolve("attachment_emails/attachment_message_rfc822.eml")));

    assertThat(pdf.attachments())
        .singleElement()
        .satisfies(a -> assertThat(a.name()).endsWith(".pdf"));
    assertThat(new String(stored.getFirst(), StandardCharsets.ISO_8859_1)).startsWith("%PDF");
    assertThat(japanese.attachments())
        .singleElement()
        .satisfies(a -> assertThat(a.name()).endsWith("けこ.txt"));
    assertThat(forwarded.attachments()).anySatisfy(a -> assertThat(a.name()).endsWith(".eml"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=?UTF-8?Q?Gr=C3?= =?UTF-8?Q?=BC=C3=9Fe?=",
        "=?utf-8?B?R3LDvMOfZQ==?=",
        "=?iso-8859-1?q?Gr=FC=DFe?=",
        "=?no-such-charset?B?R3LDvMOfZQ?=",
        "Grüße"
      })
  void subjects_are_decoded(String subject) {
    ParsedMail mail = read("Subject: " + subject + "\r\n\r\nHello\r\n");

    assertThat(mail.headers().text("Subject")).isEqualTo("Grüße");
  }

  @Test
  void continued_and_encoded_parameters_are_put_together() {
    HeaderValue value =
        HeaderValue.parse(
            "attachment; filename*1=\"te.pdf\"; filename*0*=utf-8'en'%e2%82%ac%20ra; x=1");

    assertThat(value.value()).isEqualTo("attachment");
    assertThat(value.parameter("filename")).isEqualTo("€ rate.pdf");
    assertThat(HeaderValue.parse("text/plain; charset=\"utf-8; name=x").parameter("charset"))
        .isNotNull();
  }

  @Test
  void html_gives_text_when_there_is_no_text_part() {
    ParsedMail mail =
        read("Content-Type: text/html\r\n\r\n<style>x</style><p>Hello <b>you</b><p>Bye<br>now");

    assertThat(mail.text()).isEqualTo("Hello you\n\nBye\nnow");
  }

  @Test
  @Timeout(20)
  void ten_thousand_levels_end_as_an_attachment() {
    var bomb = new StringBuilder("From: a@example.com\r\n");
    for (int i = 0; i < 10_000; i++) {
      bomb.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\r\n\r\n--b");
      bomb.append(i).append("\r\n");
    }

    ParsedMail mail = read(bomb + "\r\nhello");

    assertThat(mail.attachments()).isNotEmpty();
  }

  @Test
  @Timeout(20)
  void a_mail_within_a_mail_within_a_mail_is_one_attachment() {
    String mail = "From: a@example.com\r\n" + "Content-Type: message/rfc822\r\n\r\n".repeat(10_000);

    assertThat(read(mail).attachments()).hasSize(1);
  }

  @Test
  @Timeout(20)
  void a_huge_header_and_too_many_parts_are_refused_with_a_reason() {
    String header = "X: " + "y".repeat(20_000_000) + "\r\n\r\nhello";
    String many =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(5_000);

    assertThatThrownBy(() -> read(header)).isInstanceOf(MailRefused.class);
    assertThatThrownBy(() -> read(many))
        .isInstanceOf(MailRefused.class)
        .hasMessageContaining("1000 parts");
  }

  @Test
  @Timeout(20)
  void nested_tags_do_not_exhaust_anything() {
    ParsedMail mail =
        read("Content-Type: text/html\r\n\r\n" + "<div><table><b>".repeat(20_000) + "deep");

    assertThat(mail.text()).contains("deep");
    assertThat(HtmlSanitizer.sanitize(String.valueOf(mail.html()))).isNotNull();
  }

  private ParsedMail read(String raw) {
    return read(raw.getBytes(StandardCharsets.UTF_8));
  }

  private ParsedMail read(byte[] raw) {
    return MailReader.read(new ByteArrayInputStream(raw), this::keep, Duration.ofSeconds(10));
  }

  private long keep(InputStream content) {
    try {
      stored.add(content.readAllBytes());
      return stored.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int bodyOf(byte[] raw) {
    String text = new String(raw, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    int blank = text.indexOf("\n\n");
    return blank < 0 ? 0 : text.substring(blank).strip().length();
  }
}
