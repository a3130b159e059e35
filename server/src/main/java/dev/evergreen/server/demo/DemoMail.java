package dev.evergreen.server.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A customer's mail as the bytes that a mail server would hand over.
///
/// @param answers the Message-ID it answers, without its brackets
record DemoMail(
    Sender from,
    String to,
    String subject,
    ZonedDateTime sentAt,
    String id,
    @Nullable String answers,
    Content content) {
  record Sender(String name, String address) {}

  /// @param html the same text as HTML, if the customer's program writes that
  record Content(String text, @Nullable String html, @Nullable Picture picture) {}

  @SuppressWarnings("ArrayRecordComponent") // made here, read once, never compared
  record Picture(String name, byte[] content) {}

  private static final String LINE = "\r\n";

  byte[] bytes() {
    var mail = new ByteArrayOutputStream(2048);
    write(mail, head());
    var picture = content.picture();
    if (picture == null) {
      writeText(mail, "alternative");
    } else {
      write(
          mail,
          "Content-Type: multipart/mixed; boundary=\"mixed\"" + LINE + LINE + "--mixed" + LINE);
      writeText(mail, "alternative");
      write(
          mail,
          LINE
              + """
              --mixed
              Content-Type: image/jpeg; name="%1$s"
              Content-Disposition: attachment; filename="%1$s"
              Content-Transfer-Encoding: base64

              """
                  .formatted(picture.name())
                  .replace("\n", LINE));
      mail.writeBytes(Base64.getMimeEncoder().encode(picture.content()));
      write(mail, LINE + "--mixed--" + LINE);
    }
    return mail.toByteArray();
  }

  private String head() {
    var head = new StringBuilder();
    head.append("From: ")
        .append(encoded(from.name()))
        .append(" <")
        .append(from.address())
        .append(">")
        .append(LINE);
    head.append("To: ").append(to).append(LINE);
    head.append("Subject: ").append(encoded(subject)).append(LINE);
    head.append("Date: ").append(DateTimeFormatter.RFC_1123_DATE_TIME.format(sentAt)).append(LINE);
    head.append("Message-ID: <").append(id).append(">").append(LINE);
    if (answers != null) {
      head.append("In-Reply-To: <").append(answers).append(">").append(LINE);
      head.append("References: <").append(answers).append(">").append(LINE);
    }
    return head.append("MIME-Version: 1.0").append(LINE).toString();
  }

  private void writeText(ByteArrayOutputStream mail, String boundary) {
    var html = content.html();
    if (html == null) {
      writePart(mail, "plain", content.text());
      return;
    }
    write(mail, "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"" + LINE + LINE);
    write(mail, "--" + boundary + LINE);
    writePart(mail, "plain", content.text());
    write(mail, LINE + "--" + boundary + LINE);
    writePart(mail, "html", html);
    write(mail, LINE + "--" + boundary + "--" + LINE);
  }

  private static void writePart(ByteArrayOutputStream mail, String type, String text) {
    write(
        mail,
        "Content-Type: text/"
            + type
            + "; charset=utf-8"
            + LINE
            + "Content-Transfer-Encoding: 8bit"
            + LINE
            + LINE);
    mail.writeBytes(text.replace("\n", LINE).getBytes(UTF_8));
    write(mail, LINE);
  }

  private static void write(ByteArrayOutputStream mail, String text) {
    mail.writeBytes(text.getBytes(US_ASCII));
  }

  /// RFC 2047: letters beyond ASCII as an encoded word.
  private static String encoded(String text) {
    return US_ASCII.newEncoder().canEncode(text)
        ? text
        : "=?utf-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "?=";
  }
}
