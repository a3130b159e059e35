package dev.evergreen.server.team;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// What counts as a password, and how it is kept: encoded by bcrypt, with the encoder's name in
/// front so that a better one can take over. Encoding takes a tenth of a second on purpose; it is
/// never done inside a transaction or under a lock.
@Component
public class Passwords {
  private static final int SHORTEST = 12;

  /// More than this bcrypt would ignore.
  private static final int LONGEST_BYTES = 72;

  private final PasswordEncoder encoder =
      new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(10)));
  private final String nobodys = encode(Token.random().value());

  private final JdbcClient database;
  private final Agents agents;
  private final Sessions sessions;
  private final TransactionOperations transaction;
  private final boolean demo;

  Passwords(
      JdbcClient database,
      Agents agents,
      Sessions sessions,
      TransactionOperations transaction,
      @Value("${evergreen.demo:false}") boolean demo) {
    this.database = database;
    this.agents = agents;
    this.sessions = sessions;
    this.transaction = transaction;
    this.demo = demo;
  }

  /// Sets an agent's password and ends every session they had. In a demo, whose passwords are
  /// printed for everybody to see, any will do.
  public Outcome<Agent> set(AgentId id, String password, Actor by) {
    var agent = agents.withId(id);
    if (agent.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no agent " + id.value() + ".");
    }
    var objection = objectionTo(password, agent.get().name(), agent.get().email());
    if (objection.isPresent() && !demo) {
      return Outcome.rejected(Reason.INVALID, objection.get());
    }
    var encoded = encode(password);
    transaction.executeWithoutResult(_ -> {
      store(id, encoded);
      agents.append(id, "agent.password-set", by, Map.of());
    });
    return Outcome.accepted(agent.get());
  }

  public boolean has(AgentId id) {
    return database
        .sql("select exists (select from agent where id = :id and password is not null)")
        .param("id", id.value())
        .query(Boolean.class)
        .single();
  }

  /// Why this is no good password, as a sentence.
  static Optional<String> objectionTo(String password, String name, String email) {
    var lower = password.toLowerCase(Locale.ROOT);
    var bytes = password.getBytes(StandardCharsets.UTF_8).length;
    var mailbox = email.replaceFirst("@.*", "").strip().toLowerCase(Locale.ROOT);
    if (password.codePointCount(0, password.length()) < SHORTEST) {
      return Optional.of(
          "Expected a password of at least " + SHORTEST + " characters. A few words do well.");
    }
    if (bytes > LONGEST_BYTES) {
      return Optional.of("Expected a password of at most " + LONGEST_BYTES + " bytes.");
    }
    if (password.codePoints().distinct().count() < 6) {
      return Optional.of("Expected a password of at least six different characters.");
    }
    if (lower.equals(name.strip().toLowerCase(Locale.ROOT))
        || lower.equals(email.toLowerCase(Locale.ROOT))
        || (mailbox.length() > 3 && lower.startsWith(mailbox))
        || GUESSED_FIRST.matcher(lower).find()) {
      return Optional.of("This password would be guessed first: choose something less obvious.");
    }
    return Optional.empty();
  }

  private static final Pattern GUESSED_FIRST =
      Pattern.compile(
          "^(password|passw0rd|qwerty|qwertz|azerty|letmein|welcome|iloveyou|evergreen|administrator"
              + "|123456|abcdef|changeme)[\\W\\d]*\\w{0,6}[\\W\\d]*$");

  String encode(String password) {
    var encoded = encoder.encode(password);
    if (encoded == null) {
      throw new IllegalStateException("expected an encoded password, but the encoder gave none");
    }
    return encoded;
  }

  /// Replaces the encoded password, in the caller's transaction, which records it. Whoever knew the
  /// old one is out.
  void store(AgentId id, String encoded) {
    database
        .sql("update agent set password = :password where id = :id")
        .param("id", id.value())
        .param("password", encoded)
        .update();
    sessions.endAllOf(id);
  }

  /// Compares, and takes as long when there is nothing to compare with.
  boolean matches(String password, @Nullable String encoded) {
    var matches = encoder.matches(password, encoded == null ? nobodys : encoded);
    return matches && encoded != null;
  }
}
