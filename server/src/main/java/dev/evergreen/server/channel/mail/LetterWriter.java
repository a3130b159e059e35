package dev.evergreen.server.channel.mail;

import dev.evergreen.server.channel.Letter;
import dev.evergreen.server.channel.LoopMark;
import dev.evergreen.server.channel.Outbox;
import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.channel.mime.TextHtml;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.platform.Files;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.springframework.stereotype.Component;

/// Writes a letter as a mail: text and a plain HTML alternative, attachments streamed from their
/// store, headers that make the customer's program thread it and no robot answer it.
@Component
public class LetterWriter {
  private final Outbox outbox;
  private final OwnAddresses own;
  private final LoopMark mark;
  private final Files files;

  LetterWriter(Outbox outbox, OwnAddresses own, LoopMark mark, Files files) {
    this.outbox = outbox;
    this.own = own;
    this.mark = mark;
    this.files = files;
  }

  /// Writes the mail as it would leave, with all its headers.
  public void write(Letter letter, OutputStream out) throws MessagingException, IOException {
    write(letter, Session.getInstance(new Properties())).writeTo(out);
  }

  SMTPMessage write(Letter letter, Session session) throws MessagingException {
    String id = outbox.messageIdOf(letter);
    var message =
        new SMTPMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + ">");
          }
        };
    String replyTo = outbox.replyToOf(letter);
    message.setFrom(named(own.support().toString(), letter.senderName()));
    message.setReplyTo(new InternetAddress[] {named(replyTo, letter.senderName())});
    Letter.Correspondent to = letter.heading().to();
    message.setRecipient(Message.RecipientType.TO, named(to.address().toString(), to.name()));
    for (EmailAddress copied : letter.heading().cc()) {
      message.addRecipient(Message.RecipientType.CC, named(copied.toString(), ""));
    }
    message.setSubject(letter.content().subject(), "UTF-8");
    message.setSentDate(Date.from(letter.queuedAt()));
    message.setHeader(LoopMark.HEADER, mark.value());
    thread(message, letter.thread());
    if (letter.content().automatic()) {
      message.setHeader("Auto-Submitted", "auto-generated");
      message.setHeader("X-Auto-Response-Suppress", "All");
    }
    message.setEnvelopeFrom(letter.content().automatic() ? "<>" : replyTo);
    message.setContent(body(letter.content()));
    message.saveChanges();
    return message;
  }

  private static void thread(SMTPMessage message, Letter.Threading thread)
      throws MessagingException {
    if (!thread.answers().isEmpty()) {
      message.setHeader("In-Reply-To", "<" + thread.answers() + ">");
    }
    List<String> chain = new ArrayList<>(thread.chain());
    if (!thread.answers().isEmpty() && !chain.contains(thread.answers())) {
      chain.add(thread.answers());
    }
    if (!chain.isEmpty()) {
      message.setHeader("References", "<" + String.join(">\r\n <", chain) + ">");
    }
  }

  /// Around the two forms of the words stands, as far as there is any, what is attached; around the
  /// formatted one what it shows (RFC 2046, RFC 2387).
  private MimeMultipart body(Letter.Content content) throws MessagingException {
    var text = new MimeBodyPart();
    text.setText(content.text(), "UTF-8");
    var alternative = new MimeMultipart("alternative", text, formatted(content));
    var attached = content.attachments().stream().filter(file -> !file.isShown()).toList();
    if (attached.isEmpty()) {
      return alternative;
    }
    var mixed = new MimeMultipart(around(alternative));
    for (Letter.Attachment attachment : attached) {
      mixed.addBodyPart(part(attachment, MimeBodyPart.ATTACHMENT));
    }
    return mixed;
  }

  private MimeBodyPart formatted(Letter.Content content) throws MessagingException {
    var words = new MimeBodyPart();
    String html = content.html();
    words.setText(
        html == null ? TextHtml.of(content.text()) : TextHtml.ofWritten(html), "UTF-8", "html");
    var shown = content.attachments().stream().filter(Letter.Attachment::isShown).toList();
    if (shown.isEmpty()) {
      return words;
    }
    var related = new MimeMultipart("related", words);
    for (Letter.Attachment attachment : shown) {
      MimeBodyPart image = part(attachment, MimeBodyPart.INLINE);
      image.setContentID("<" + attachment.contentId() + ">");
      related.addBodyPart(image);
    }
    return around(related);
  }

  private static MimeBodyPart around(MimeMultipart parts) throws MessagingException {
    var part = new MimeBodyPart();
    part.setContent(parts);
    return part;
  }

  private MimeBodyPart part(Letter.Attachment attachment, String disposition)
      throws MessagingException {
    var part = new MimeBodyPart();
    part.setDataHandler(new DataHandler(new Stored(files, attachment)));
    part.setFileName(attachment.name());
    part.setDisposition(disposition);
    return part;
  }

  private static InternetAddress named(String address, String name) throws MessagingException {
    try {
      var named = new InternetAddress(address, false);
      if (!name.isBlank()) {
        named.setPersonal(name.replaceAll("[\\p{Cntrl}\\s]+", " ").strip(), "UTF-8");
      }
      return named;
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("expected UTF-8 in every Java runtime", e);
    }
  }

  /// An attachment as Angus Mail reads it: a stream from the store, opened when it is sent.
  private record Stored(Files files, Letter.Attachment attachment) implements DataSource {
    @Override
    public InputStream getInputStream() {
      FileId file = attachment.file();
      return files.open(file);
    }

    @Override
    public OutputStream getOutputStream() {
      throw new UnsupportedOperationException("attachments are only read");
    }

    @Override
    public String getContentType() {
      return attachment.type();
    }

    @Override
    public String getName() {
      return attachment.name();
    }
  }
}
