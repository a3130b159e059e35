package dev.evergreen.server.channel.mail;

import dev.evergreen.server.channel.Correspondence;
import dev.evergreen.server.channel.MailProperties;
import dev.evergreen.server.channel.Outbox;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Hands the letters of the outbox to the mail server that delivers them. A letter is handed over
/// at least once, always under the same Message-ID. What the server refuses for good is given up
/// and shows on its ticket; everything else is tried again for three days, ever more slowly.
@Component
final class Relay {
  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  private static final int BATCH = 10;
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(2));
  private static final int MAX_ATTEMPTS = 40;

  private final Outbox outbox;
  private final Correspondence correspondence;
  private final LetterWriter writer;
  private final MailProperties properties;

  Relay(
      Outbox outbox,
      Correspondence correspondence,
      LetterWriter writer,
      MailProperties properties) {
    this.outbox = outbox;
    this.correspondence = correspondence;
    this.writer = writer;
    this.properties = properties;
  }

  boolean isConfigured() {
    return outbox.isRelayed();
  }

  void awaitNews(Duration limit) throws InterruptedException {
    outbox.awaitNews(limit);
  }

  /// Sends the letters that are due, over one connection; returns how many were taken up.
  int sendSome() {
    List<Outbox.Sending> due = outbox.claim(BATCH, LEASE);
    if (due.isEmpty()) {
      return 0;
    }
    Session session = session(properties.relay());
    try (Transport transport = session.getTransport()) {
      transport.connect();
      for (Outbox.Sending sending : due) {
        if (outbox.extend(sending, LEASE)) {
          send(sending, session, transport);
        }
      }
    } catch (MessagingException e) {
      log.warn("The relay could not be reached; {} letters wait", due.size(), e);
      due.forEach(sending -> later(sending, e));
    }
    return due.size();
  }

  private void send(Outbox.Sending sending, Session session, Transport transport)
      throws MessagingException {
    try {
      MimeMessage message = writer.write(sending.letter(), session);
      transport.sendMessage(
          message,
          new InternetAddress[] {
            new InternetAddress(sending.letter().to().address().toString(), false)
          });
      outbox.sent(sending);
    } catch (MessagingException e) {
      if (isFinal(e)) {
        correspondence.giveUp(sending, problemOf(e));
      } else {
        later(sending, e);
      }
      if (!transport.isConnected()) {
        throw e;
      }
    }
  }

  private void later(Outbox.Sending sending, MessagingException e) {
    if (sending.attempts() >= MAX_ATTEMPTS) {
      correspondence.giveUp(sending, problemOf(e));
    } else {
      Duration pause = PAUSES.get(Math.min(sending.attempts(), PAUSES.size()) - 1);
      outbox.later(sending, problemOf(e), pause);
    }
  }

  /// Only the answer 5xx to this sender, recipient or content is final; that we may not sign in is
  /// a matter of settings.
  private static boolean isFinal(MessagingException e) {
    for (Exception at = e; at != null; at = nextOf(at)) {
      int code =
          switch (at) {
            case SMTPAddressFailedException refused -> refused.getReturnCode();
            case SMTPSenderFailedException refused -> refused.getReturnCode();
            case SMTPSendFailedException refused -> refused.getReturnCode();
            default -> 0;
          };
      if (code >= 500 && code != 530 && code != 535) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Exception nextOf(Exception e) {
    return e instanceof MessagingException chained ? chained.getNextException() : null;
  }

  /// What an administrator reads: what the mail library says, and what made it say so.
  private static String problemOf(MessagingException e) {
    String said = String.valueOf(e.getMessage());
    String reason = e.getNextException() == null ? "" : ": " + e.getNextException().getMessage();
    return (said + reason).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  /// The session for `smtp`, `smtp+starttls` and `smtps` addresses.
  static Session session(String relay) {
    URI uri = URI.create(relay);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !List.of("smtp", "smtp+starttls", "smtps").contains(scheme)) {
      throw new IllegalStateException(
          "expected evergreen.mail.relay as smtp://host:port, smtp+starttls://… or smtps://…");
    }
    boolean tls = scheme.equals("smtps");
    String protocol = tls ? "smtps" : "smtp";
    String start = "mail." + protocol + ".";
    var settings = new Properties();
    settings.setProperty("mail.transport.protocol", protocol);
    settings.setProperty(start + "host", uri.getHost());
    int standard = tls ? 465 : 587;
    settings.setProperty(start + "port", "" + (uri.getPort() < 0 ? standard : uri.getPort()));
    settings.setProperty(start + "starttls.enable", "true");
    settings.setProperty(start + "starttls.required", "" + scheme.equals("smtp+starttls"));
    settings.setProperty(start + "ssl.checkserveridentity", "true");
    settings.setProperty(start + "connectiontimeout", "15000");
    settings.setProperty(start + "timeout", "60000");
    settings.setProperty(start + "writetimeout", "60000");
    String[] user = uri.getRawUserInfo() == null ? null : uri.getRawUserInfo().split(":", 2);
    if (user == null) {
      return Session.getInstance(settings);
    }
    settings.setProperty(start + "auth", "true");
    var name = URLDecoder.decode(user[0], StandardCharsets.UTF_8);
    var password = user.length > 1 ? URLDecoder.decode(user[1], StandardCharsets.UTF_8) : "";
    return Session.getInstance(
        settings,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(name, password);
          }
        });
  }
}
