package dev.evergreen.server.platform;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What entries of the audit log have to say about a person, such as where they signed in from. The
/// entry holds only a salted hash of it, so that the text can be erased, as it is after a year,
/// while the chain of the log stays whole.
@Component
public final class AuditDetails {
  /// The name under which an entry's data holds the hash.
  private static final String NAME = "detail";

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int SALT_BYTES = 16;
  private static final Duration KEPT = Duration.ofDays(365);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final JdbcClient jdbc;
  private final DatabaseClock clock;

  AuditDetails(JdbcClient jdbc, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// @param isSame whether it is the text that was written
  record Detail(String text, boolean isSame) {}

  /// Keeps a text, and clears away a few that are too old.
  ///
  /// @return what the entry's data holds in its place
  public Map<String, Object> keep(String text) {
    var salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    byte[] hash = SealChain.hashOf(salt, text);
    Instant now = clock.instant();
    jdbc.sql(
            """
            with old as (
              delete from audit_detail
              where hash in (
                select hash from audit_detail where at < :old
                order by at limit 100 for update skip locked))
            insert into audit_detail (hash, salt, text, at)
            values (:hash, :salt, :text, :now)
            """)
        .param("hash", hash)
        .param("salt", salt)
        .param("text", text)
        .param("now", Timestamps.of(now))
        .param("old", Timestamps.of(now.minus(KEPT)))
        .update();
    return Map.of(NAME, HexFormat.of().formatHex(hash));
  }

  /// The hash of what an entry says about a person.
  static Optional<String> hashIn(Ledger.Entry entry) {
    return entry.data().get(NAME) instanceof String hash && HASH.matcher(hash).matches()
        ? Optional.of(hash)
        : Optional.empty();
  }

  /// The texts that are still kept, by their hashes.
  Map<String, Detail> of(Stream<String> hashes) {
    return jdbc
        .sql(
            """
            select encode(hash, 'hex') as name, salt, text
            from audit_detail
            where hash = any(array(select decode(name, 'hex') from unnest(cast(:hashes as text[])) as name))
            """)
        .param("hashes", hashes.toArray(String[]::new))
        .query((row, _) -> {
          byte[] hash = SealChain.hashOf(row.getBytes("salt"), row.getString("text"));
          String name = row.getString("name");
          boolean isSame = HexFormat.of().formatHex(hash).equals(name);
          return Map.entry(name, new Detail(row.getString("text"), isSame));
        })
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
