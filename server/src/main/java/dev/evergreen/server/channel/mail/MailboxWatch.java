package dev.evergreen.server.channel.mail;

import dev.evergreen.server.channel.MailProperties;
import dev.evergreen.server.channel.Mailboxes;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Sees to it that each mailbox is read by one node: takes those that nobody reads, keeps the terms
/// of its own, and lets go of what it lost.
@Component
final class MailboxWatch {
  private static final Duration TERM = Duration.ofSeconds(45);
  private static final Duration POLL = Duration.ofSeconds(30);

  private final Mailboxes mailboxes;
  private final MailProperties properties;
  private final Duration poll;
  private final Map<Mailboxes.Term, MailboxReader> readers = new ConcurrentHashMap<>();

  @Autowired
  MailboxWatch(Mailboxes mailboxes, MailProperties properties) {
    this(mailboxes, properties, POLL);
  }

  /// @param poll how long at most IDLE is relied on to tell of new mail
  MailboxWatch(Mailboxes mailboxes, MailProperties properties, Duration poll) {
    this.mailboxes = mailboxes;
    this.properties = properties;
    this.poll = poll;
  }

  /// One look; called every second.
  void look() {
    for (Iterator<MailboxReader> each = readers.values().iterator(); each.hasNext(); ) {
      MailboxReader reader = each.next();
      if (!mailboxes.keep(reader.term(), TERM)) {
        reader.close();
        each.remove();
      } else {
        reader.poke();
      }
    }
    for (Mailboxes.Term term : mailboxes.take(TERM)) {
      var reader = new MailboxReader(term, mailboxes, properties.largest().toBytes(), poll);
      readers.put(term, reader);
      Thread.ofVirtual().name("mailbox-" + term.mailbox().address()).start(reader);
    }
  }

  void stop() {
    for (MailboxReader reader : readers.values()) {
      reader.close();
      mailboxes.release(reader.term());
    }
    readers.clear();
  }
}
