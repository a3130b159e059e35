package dev.evergreen.server.channel.mail;

import dev.evergreen.server.channel.Envelope;
import dev.evergreen.server.channel.Mailbox;
import dev.evergreen.server.channel.Mailboxes;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Properties;
import java.util.TreeSet;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one mailbox for one term: asks for all UIDs, takes over those we do not have, then waits
/// by IDLE for more, and asks again after a while whatever IDLE told. The folder is opened for
/// reading only; no flag is looked at or set.
final class MailboxReader implements Runnable, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MailboxReader.class);

  /// What a mail server has taken is never refused for its size alone, up to this.
  private static final long LARGEST_FETCHED = 300L << 20;

  private final Mailboxes.Term term;
  private final Mailboxes mailboxes;
  private final long limit;
  private final Duration poll;
  private volatile boolean closed;
  private volatile @Nullable Store store;
  private volatile @Nullable IMAPFolder idling;
  private volatile long polledNanos;
  private int failures;

  MailboxReader(Mailboxes.Term term, Mailboxes mailboxes, long largest, Duration poll) {
    this.term = term;
    this.mailboxes = mailboxes;
    this.limit = Math.max(largest, LARGEST_FETCHED);
    this.poll = poll;
  }

  Mailboxes.Term term() {
    return term;
  }

  @Override
  public void run() {
    while (!closed) {
      try (Store connected = connect()) {
        store = connected;
        failures = 0;
        read(connected);
      } catch (MessagingException | IOException | RuntimeException e) {
        failed(e);
      }
    }
  }

  /// Wakes the reader out of IDLE when it is time to ask again; asking anything ends IDLE.
  void poke() {
    IMAPFolder folder = idling;
    if (folder != null && System.nanoTime() - polledNanos > poll.toNanos()) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              folder.getMessageCount();
            } catch (MessagingException e) {
              log.debug("{} went away in IDLE", term.mailbox().address(), e);
            }
          });
    }
  }

  @Override
  public void close() {
    closed = true;
    Store open = store;
    if (open != null) {
      try {
        open.close();
      } catch (MessagingException e) {
        log.debug("{} did not close well", term.mailbox().address(), e);
      }
    }
  }

  private void failed(Exception e) {
    if (closed) {
      return;
    }
    log.warn("{} cannot be read; it is tried again", term.mailbox().address(), e);
    failures++;
    try {
      mailboxes.failed(term, String.valueOf(e.getMessage()));
      Thread.sleep(Duration.ofSeconds(Math.min(60, 1L << Math.min(failures, 6))));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      closed = true;
    } catch (RuntimeException database) {
      log.warn("What went wrong with a mailbox could not be noted", database);
    }
  }

  private Store connect() throws MessagingException {
    Mailbox.Server server = term.mailbox().server();
    boolean tls = server.security() == Mailbox.Security.TLS;
    String protocol = tls ? "imaps" : "imap";
    String start = "mail." + protocol + ".";
    var settings = new Properties();
    settings.setProperty(start + "connectiontimeout", "15000");
    settings.setProperty(start + "timeout", "90000");
    settings.setProperty(start + "writetimeout", "60000");
    settings.setProperty(start + "ssl.checkserveridentity", "true");
    boolean startTls = server.security() == Mailbox.Security.STARTTLS;
    settings.setProperty(start + "starttls.enable", "" + startTls);
    settings.setProperty(start + "starttls.required", "" + startTls);
    Store opened = Session.getInstance(settings).getStore(protocol);
    opened.connect(
        server.host(), server.port(), server.username(), mailboxes.passwordOf(term.mailbox().id()));
    return opened;
  }

  /// Opens the folder anew for each poll, because only that tells when a server has begun to count
  /// its UIDs from another time.
  private void read(Store connected) throws MessagingException, IOException {
    String name = term.mailbox().server().folder();
    while (!closed) {
      try (Folder opened = connected.getFolder(name)) {
        opened.open(Folder.READ_ONLY);
        if (!(opened instanceof IMAPFolder folder)) {
          throw new IllegalStateException("expected an IMAP folder, but found " + opened);
        }
        poll(new ImapMails(folder));
        idle(folder);
      }
    }
  }

  private void poll(ImapMails mails) throws MessagingException, IOException {
    long validity = mails.validity();
    var missing = new TreeSet<>(mailboxes.missing(term.mailbox().id(), validity, mails.uids()));
    mailboxes.polled(term, validity, missing.size());
    for (long uid : missing) {
      if (closed || !takeOver(mails, uid)) {
        return;
      }
    }
    mailboxes.polled(term, validity, 0);
    polledNanos = System.nanoTime();
  }

  /// False when the term is lost. A mail that was removed meanwhile is none to take over.
  private boolean takeOver(ImapMails mails, long uid) throws MessagingException, IOException {
    var mail = ImapMail.open(mails, uid);
    if (mail.isEmpty()) {
      return true;
    }
    var place =
        new Envelope.Fetched(
            term.mailbox().id().value(), mails.validity(), uid, mail.get().receivedAt());
    try (var spool = new Spool(limit);
        InputStream raw = mail.get()) {
      spool.fill(raw, limit);
      try (InputStream whole = spool.open()) {
        boolean taken = mailboxes.takeOver(term, place, whole);
        closed |= !taken;
        return taken;
      }
    } catch (ImapMail.Removed _) {
      return true;
    }
  }

  private void idle(IMAPFolder folder) throws MessagingException {
    if (closed) {
      return;
    }
    try {
      idling = folder;
      folder.idle(true);
    } catch (MessagingException e) {
      if (!folder.isOpen() || !String.valueOf(e.getMessage()).contains("IDLE")) {
        throw e;
      }
      sleep();
    } finally {
      idling = null;
    }
  }

  private void sleep() {
    try {
      Thread.sleep(poll);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }
}
