package dev.evergreen.server.channel;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.team.Founding;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which addresses are ours: the support address, each mailbox, and the reply addresses that carry
/// a token. Looked up for every mail, so kept for a few seconds.
@Component
public class OwnAddresses {
  private static final String REPLY = "reply+";
  private static final Duration KEPT = Duration.ofSeconds(3);
  private static final Duration NEW = Duration.ofMillis(200);

  private final JdbcClient database;
  private final Settings settings;
  private final String initial;
  private final LoadingCache<String, Known> known;

  private record Known(EmailAddress support, Set<String> all, long nanos) {
    boolean isNew() {
      return System.nanoTime() - nanos < NEW.toNanos();
    }
  }

  OwnAddresses(JdbcClient database, Settings settings, MailProperties properties) {
    this.database = database;
    this.settings = settings;
    this.initial = properties.address();
    this.known = Caffeine.newBuilder().expireAfterWrite(KEPT).build(_ -> look());
  }

  /// Where customers write to first, and whom our mails come from.
  public EmailAddress support() {
    return known().support();
  }

  /// The address that brings an answer back to its ticket.
  public String replyTo(String token) {
    return REPLY + token + "@" + support().domain();
  }

  /// The mailbox that mail for this recipient belongs to; empty when the recipient is not ours.
  /// Before one is turned away, what is known is looked up anew.
  public Optional<String> mailboxOf(String recipient) {
    Optional<EmailAddress> address = EmailAddress.parse(recipient);
    Optional<String> mailbox = address.flatMap(this::mailboxOf);
    if (mailbox.isEmpty() && address.isPresent() && !known().isNew()) {
      refresh();
      return address.flatMap(this::mailboxOf);
    }
    return mailbox;
  }

  public boolean isOwn(EmailAddress address) {
    return mailboxOf(address).isPresent();
  }

  /// The text that stands where a reply address has its token.
  static Optional<String> tokenIn(String recipient) {
    String address = recipient.toLowerCase(Locale.ROOT);
    int at = address.indexOf('@');
    return address.startsWith(REPLY) && at > REPLY.length()
        ? Optional.of(address.substring(REPLY.length(), at))
        : Optional.empty();
  }

  /// Forgets what was known: after a mailbox or the support address was changed.
  public void refresh() {
    known.invalidateAll();
  }

  private Optional<String> mailboxOf(EmailAddress address) {
    if (known().all().contains(address.toString())) {
      return Optional.of(address.toString());
    }
    boolean reply =
        address.local().startsWith(REPLY) && address.domain().equals(support().domain());
    return reply ? Optional.of(support().toString()) : Optional.empty();
  }

  private Known known() {
    return known.get("");
  }

  private Known look() {
    String set = settings.get(Founding.SUPPORT_ADDRESS);
    EmailAddress support =
        EmailAddress.parse(set.isBlank() ? initial : set)
            .orElseThrow(() ->
                new IllegalStateException(
                    "expected the support address as name@domain, but found '"
                        + (set.isBlank() ? initial : set)
                        + "'"));
    var all = new HashSet<String>();
    all.add(support.toString());
    all.addAll(
        database
            .sql("select address from mailbox where active")
            .query((row, _) -> row.getString("address"))
            .list());
    return new Known(support, Set.copyOf(all), System.nanoTime());
  }
}
