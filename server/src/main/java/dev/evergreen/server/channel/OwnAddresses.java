package dev.evergreen.server.channel;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Setting;
import dev.evergreen.server.platform.Settings;
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
  public static final Setting<String> SUPPORT_ADDRESS =
      Setting.text("mail.support-address", "support@localhost");

  private static final String REPLY = "reply+";

  private final JdbcClient database;
  private final Settings settings;
  private final LoadingCache<String, Known> known;

  private record Known(EmailAddress support, Set<String> all) {}

  OwnAddresses(JdbcClient database, Settings settings) {
    this.database = database;
    this.settings = settings;
    this.known = Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(3)).build(_ -> look());
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
  public Optional<String> mailboxOf(String recipient) {
    return EmailAddress.parse(recipient).flatMap(this::mailboxOf);
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
    EmailAddress support =
        EmailAddress.parse(settings.get(SUPPORT_ADDRESS))
            .orElseThrow(() ->
                new IllegalStateException(
                    "expected an address in the setting "
                        + SUPPORT_ADDRESS.key()
                        + ", but found '"
                        + settings.get(SUPPORT_ADDRESS)
                        + "'"));
    var all = new HashSet<String>();
    all.add(support.toString());
    all.addAll(
        database
            .sql("select address from mailbox where active")
            .query((row, _) -> row.getString("address"))
            .list());
    return new Known(support, Set.copyOf(all));
  }
}
