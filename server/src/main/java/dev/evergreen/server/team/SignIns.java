package dev.evergreen.server.team;

import dev.evergreen.server.platform.EmailAddress;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Decides who may sign in. An unknown address, a wrong password, an account that rests after too
/// many tries and one that was closed cannot be told apart, neither by the answer nor by the time
/// it takes: each costs the same statements and one comparison.
@Component
public class SignIns {
  private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);

  /// What became of a try.
  public sealed interface Attempt {
    record Accepted(Agent agent) implements Attempt {}

    record Refused() implements Attempt {}

    /// Too many tries from one network address, whatever the account: says nothing about accounts.
    record TooMany() implements Attempt {}
  }

  private final JdbcClient database;
  private final Passwords passwords;
  private final SignInLimits limits;

  SignIns(JdbcClient database, Passwords passwords, SignInLimits limits) {
    this.database = database;
    this.passwords = passwords;
    this.limits = limits;
  }

  public Attempt attempt(String email, String password, String networkAddress) {
    var account = accountOf(email);
    var network = networkOf(networkAddress);
    var exhausted = limits.count(account, network);
    if (exhausted.contains(SignInLimits.Exhausted.ADDRESS)) {
      LOG.warn("Sign-in refused: too many tries from {}", networkAddress);
      return new Attempt.TooMany();
    }
    var known = credentials(account);
    var encoded = known.map(Map.Entry::getValue).orElse(null);
    var matches = passwords.matches(password, encoded);
    if (known.isEmpty()
        || !matches
        || !known.get().getKey().active()
        || exhausted.contains(SignInLimits.Exhausted.ACCOUNT)) {
      LOG.info(
          "Sign-in refused for {} from {}",
          known.map(found -> found.getKey().id().subject().toString()).orElse("an unknown account"),
          networkAddress);
      return new Attempt.Refused();
    }
    limits.forget(account, network);
    return new Attempt.Accepted(known.get().getKey());
  }

  private Optional<Map.Entry<Agent, String>> credentials(String account) {
    return database
        .sql(
            """
            select *
            from agent_in_role
            where email = :email and password is not null
            """)
        .param("email", account.replace("\0", ""))
        .query((row, number) -> Map.entry(Agents.read(row, number), row.getString("password")))
        .optional();
  }

  /// What was typed as an account, in the one way in which it is counted and looked for.
  static String accountOf(String email) {
    return EmailAddress.parse(email)
        .map(EmailAddress::toString)
        .orElseGet(() -> email.strip().toLowerCase(Locale.ROOT));
  }

  /// One household has 2^64 addresses of IPv6: they count as one.
  static String networkOf(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      var bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length == 4 ? address : HexFormat.of().formatHex(bytes, 0, 8) + "::/64";
    } catch (IllegalArgumentException _) {
      return address;
    }
  }
}
