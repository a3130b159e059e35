package dev.evergreen.server.channel.mail;

import dev.evergreen.server.channel.Envelope;
import dev.evergreen.server.channel.MailIntake;
import dev.evergreen.server.channel.MailProperties;
import dev.evergreen.server.channel.OwnAddresses;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/// Takes mail over SMTP (RFC 5321). A 250 after the data means that the raw bytes are committed;
/// trouble with the database is a 451, so that the sender keeps the mail and tries again. Only a
/// dot between two CRLF ends the data, and only our own addresses are taken.
@Component
public final class SmtpListener implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(SmtpListener.class);

  private final MailProperties properties;
  private final MailIntake intake;
  private final OwnAddresses own;
  private @Nullable SMTPServer server;

  SmtpListener(MailProperties properties, MailIntake intake, OwnAddresses own) {
    this.properties = properties;
    this.intake = intake;
    this.own = own;
  }

  /// Where mail can be handed over; null while nothing listens.
  public @Nullable InetSocketAddress address() {
    SMTPServer running = server;
    return running == null
        ? null
        : new InetSocketAddress(
            running.getBindAddress().orElse(InetAddress.getLoopbackAddress()),
            running.getPortAllocated());
  }

  @Override
  public void start() {
    if (properties.in().equals("off")) {
      return;
    }
    server = build(properties.in());
    server.start();
    log.info("Mail is accepted at {}", address());
  }

  private SMTPServer build(String where) {
    int colon = where.lastIndexOf(':');
    if (colon < 1 || !where.substring(colon + 1).matches("\\d{1,5}")) {
      throw new IllegalStateException(
          "expected evergreen.mail.in as host:port, such as 0.0.0.0:25, but found '" + where + "'");
    }
    var builder =
        SMTPServer.port(Integer.parseInt(where.substring(colon + 1)))
            .bindAddress(addressOf(where.substring(0, colon)))
            .hostName(own.support().domain())
            .softwareName("Evergreen")
            .insertReceivedHeaders(false)
            .maxMessageSize(Math.toIntExact(properties.largest().toBytes()))
            .maxRecipients(100)
            .maxConnections(200)
            .connectionTimeout(2, TimeUnit.MINUTES)
            .executorService(Executors.newVirtualThreadPerTaskExecutor())
            .messageHandlerFactory(_ -> new Delivery());
    SSLContext certificate = certificate();
    return certificate == null
        ? builder.build()
        : builder.enableTLS().startTlsSocketFactory(certificate).build();
  }

  private static InetAddress addressOf(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(
          "expected a host of this machine in evergreen.mail.in, but found '" + host + "'", e);
    }
  }

  private @Nullable SSLContext certificate() {
    if (properties.certificate() == null || properties.key() == null) {
      return null;
    }
    try {
      var store =
          PemSslStoreDetails.forCertificate(Files.readString(properties.certificate()))
              .withPrivateKey(Files.readString(properties.key()));
      return SslBundle.of(new PemSslStoreBundle(store, null)).createSslContext();
    } catch (IOException e) {
      throw new IllegalStateException(
          "expected readable PEM files in evergreen.mail.certificate and evergreen.mail.key", e);
    }
  }

  @Override
  public void stop() {
    SMTPServer running = server;
    if (running != null) {
      running.stop();
      server = null;
    }
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }

  /// One mail in one connection.
  private final class Delivery implements MessageHandler {
    private String sender = "";
    private final List<String> recipients = new ArrayList<>();

    @Override
    public void from(String from) {
      sender = from;
      recipients.clear();
    }

    @Override
    public void recipient(String recipient) throws RejectException {
      try {
        if (own.mailboxOf(recipient).isEmpty()) {
          throw new RejectException(550, "5.1.1 No such mailbox here");
        }
      } catch (DataAccessException | TransactionException e) {
        throw notNow(e);
      }
      recipients.add(recipient);
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
      long largest = properties.largest().toBytes();
      try (var spool = new Spool(largest)) {
        spool.fill(data, 4 * largest);
        if (spool.isTooLarge()) {
          throw new RejectException(
              552,
              "5.3.4 Your mail is larger than "
                  + properties.largest().toMegabytes()
                  + " MB; please send large files another way");
        }
        return keep(spool);
      }
    }

    private String keep(Spool spool) throws RejectException, IOException {
      try (InputStream raw = spool.open()) {
        boolean known = intake.accept(raw, Envelope.delivered(sender, recipients)).isEmpty();
        return known ? "2.0.0 We have this mail already" : "2.0.0 Your mail is kept";
      } catch (DataAccessException | TransactionException e) {
        throw notNow(e);
      }
    }

    private RejectException notNow(RuntimeException e) {
      log.warn("A mail was not taken because the database failed; its sender tries again", e);
      return new RejectException(451, "4.3.0 We cannot keep mail just now; please try again later");
    }

    @Override
    public void done() {}
  }
}
