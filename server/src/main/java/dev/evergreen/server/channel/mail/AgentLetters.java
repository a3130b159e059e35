package dev.evergreen.server.channel.mail;

import dev.evergreen.server.channel.MailProperties;
import dev.evergreen.server.channel.Outbox;
import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentMail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Hands letters to agents straight to the mail server. They hold links that open an account, so
/// they go past the outbox, which others may read.
@Component
final class AgentLetters implements AgentMail {
  private static final Logger log = LoggerFactory.getLogger(AgentLetters.class);

  private final Outbox outbox;
  private final OwnAddresses own;
  private final MailProperties properties;

  AgentLetters(Outbox outbox, OwnAddresses own, MailProperties properties) {
    this.outbox = outbox;
    this.own = own;
    this.properties = properties;
  }

  @Override
  public boolean isPossible() {
    return outbox.isRelayed();
  }

  @Override
  public void send(Agent to, String subject, String text) {
    if (!isPossible()) {
      return;
    }
    Session session = Relay.session(properties.relay());
    try (Transport transport = session.getTransport()) {
      var message = new SMTPMessage(session);
      message.setFrom(new InternetAddress(own.support().toString(), false));
      var recipient = new InternetAddress(to.email(), false);
      message.setRecipient(Message.RecipientType.TO, recipient);
      message.setSubject(subject, "UTF-8");
      message.setText(text, "UTF-8");
      message.setHeader("Auto-Submitted", "auto-generated");
      message.setHeader("X-Auto-Response-Suppress", "All");
      message.setEnvelopeFrom("<>");
      message.saveChanges();
      transport.connect();
      transport.sendMessage(message, new InternetAddress[] {recipient});
    } catch (MessagingException e) {
      log.warn("A letter to {} could not be handed to the mail server", to.id().subject(), e);
    }
  }
}
