package dev.evergreen.server.channel.mail;

import dev.evergreen.server.channel.MailProperties;
import dev.evergreen.server.channel.Outbox;
import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.platform.text.Texts;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentLanguages;
import dev.evergreen.server.team.AgentMail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Hands letters to agents to the mail server. Those with links that open an account go straight to
/// it, past the outbox, which others may read. Each is in the language that its reader reads.
@Component
class AgentLetters implements AgentMail {
  private static final Logger log = LoggerFactory.getLogger(AgentLetters.class);

  private final Outbox outbox;
  private final OwnAddresses own;
  private final MailProperties properties;
  private final JdbcClient jdbc;
  private final InstantSource clock;
  private final AgentLanguages languages;

  AgentLetters(
      Outbox outbox,
      OwnAddresses own,
      MailProperties properties,
      JdbcClient jdbc,
      InstantSource clock,
      AgentLanguages languages) {
    this.outbox = outbox;
    this.own = own;
    this.properties = properties;
    this.jdbc = jdbc;
    this.clock = clock;
    this.languages = languages;
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
    var language = languages.readBy(to.id());
    Session session = Relay.session(properties.relay());
    try (Transport transport = session.getTransport()) {
      var message = new SMTPMessage(session);
      message.setFrom(new InternetAddress(own.support().toString(), false));
      var recipient = new InternetAddress(to.email(), false);
      message.setRecipient(Message.RecipientType.TO, recipient);
      message.setSubject(Texts.in(language, subject), "UTF-8");
      message.setText(Texts.inParagraphs(language, text), "UTF-8");
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

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void post(Agent to, String subject, String text, String cause) {
    if (isPossible()) {
      var language = languages.readBy(to.id());
      jdbc.sql(
              """
              insert into outbox
                (recipient, recipient_name, sender_name, automatic, subject, text, effect, queued_at,
                due_at, state, fleeting)
              values
                (:recipient, :name, 'Evergreen', true, :subject, :text, :cause, :now,
                :now, 'waiting', true)
              on conflict (effect) do nothing
              """)
          .param("recipient", to.email())
          .param("name", to.name())
          .param("subject", Texts.in(language, subject))
          .param("text", Texts.inParagraphs(language, text))
          .param("cause", cause)
          .param("now", clock.instant().atOffset(ZoneOffset.UTC))
          .update();
    }
  }
}
