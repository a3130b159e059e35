package dev.evergreen.server.channel.mail;

import dev.evergreen.server.channel.Letter;
import dev.evergreen.server.channel.Outbox;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.net.InetSocketAddress;
import java.util.Properties;
import org.springframework.stereotype.Component;

/// Plays the customer's mail program for the built-in mailbox: real mails, submitted by SMTP to our
/// own listener, so that trying the product out takes the same road as using it.
@Component
public class CustomerMail {
  private final SmtpListener listener;
  private final Outbox outbox;

  CustomerMail(SmtpListener listener, Outbox outbox) {
    this.listener = listener;
    this.outbox = outbox;
  }

  public record Sender(String address, String name) {}

  /// Writes a first mail.
  ///
  /// @throws MessagingException when our listener does not take it
  public void write(Sender from, String to, String subject, String text) throws MessagingException {
    MimeMessage mail = mail(from, to, subject, text);
    Transport.send(mail);
  }

  /// Answers a letter the way mail programs do: to its reply address, with its id and its words.
  public void answer(Letter letter, String text) throws MessagingException {
    String subject = letter.content().subject();
    String answered = subject.startsWith("Re:") ? subject : "Re: " + subject;
    String quoted =
        letter.content().text().lines().map(line -> "> " + line + "\n").reduce("", String::concat);
    var from = new Sender(letter.to().address().toString(), letter.to().name());
    MimeMessage mail =
        mail(
            from,
            outbox.replyToOf(letter),
            answered,
            text.strip() + "\n\nOn an earlier day, " + letter.senderName() + " wrote:\n" + quoted);
    mail.setHeader("In-Reply-To", "<" + outbox.messageIdOf(letter) + ">");
    mail.setHeader("References", "<" + outbox.messageIdOf(letter) + ">");
    Transport.send(mail);
  }

  private MimeMessage mail(Sender from, String to, String subject, String text)
      throws MessagingException {
    InetSocketAddress where = listener.address();
    if (where == null) {
      throw new MessagingException("nothing listens for mail here; start with --mail-in host:port");
    }
    var settings = new Properties();
    settings.setProperty("mail.smtp.host", where.getAddress().getHostAddress());
    settings.setProperty("mail.smtp.port", "" + where.getPort());
    settings.setProperty("mail.smtp.timeout", "30000");
    settings.setProperty("mail.smtp.connectiontimeout", "10000");
    settings.setProperty("mail.smtp.from", from.address());
    var mail = new MimeMessage(Session.getInstance(settings));
    try {
      mail.setFrom(new InternetAddress(from.address(), from.name(), "UTF-8"));
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("expected UTF-8 in every Java runtime", e);
    }
    mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to, false));
    mail.setSubject(subject.replaceAll("[\\p{Cntrl}\\s]+", " ").strip(), "UTF-8");
    mail.setText(text, "UTF-8");
    return mail;
  }
}
