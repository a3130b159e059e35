package dev.evergreen.server.team;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Base32;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Sealer;
import dev.evergreen.server.platform.Secrets;
import dev.evergreen.server.platform.Settings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The second step of signing in: after the password, a code from a device that knows a secret of
/// its owner's, or one of ten recovery codes. A code is good for its half minute and those beside
/// it, by the database's own clock, and is taken once.
@Component
public class SecondSteps {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RECOVERY_CODES = 10;

  /// 120 bits: a hash of them needs no salt and no slowness.
  private static final int RECOVERY_BYTES = 15;

  private static final String WRONG =
      "This code is not the one that your device shows now. Wait for the next one and try again.";

  private final JdbcClient database;
  private final Agents agents;
  private final SignInLimits limits;
  private final Secrets secrets;
  private final Settings settings;

  SecondSteps(
      JdbcClient database, Agents agents, SignInLimits limits, Secrets secrets, Settings settings) {
    this.database = database;
    this.agents = agents;
    this.limits = limits;
    this.secrets = secrets;
    this.settings = settings;
  }

  /// What a device has to be told before it can show codes.
  ///
  /// @param secret in base 32, in groups, for typing it in
  /// @param address the same as devices read it from a picture
  public record Enrolment(String secret, String address) {}

  /// @param isOn whether codes are asked for
  /// @param recoveryCodes how many are left
  public record State(boolean isOn, int recoveryCodes) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
  private record Known(byte[] secret, boolean confirmed, long usedPeriod, long nowPeriod) {}

  public State of(AgentId agent) {
    return database
        .sql(
            """
            select
              exists (
                select from second_step where agent = :agent and confirmed_at is not null) as is_on,
              (select count(*) from recovery_code where agent = :agent) as codes
            """)
        .param("agent", agent.value())
        .query((row, _) -> new State(row.getBoolean("is_on"), row.getInt("codes")))
        .single();
  }

  public boolean isOn(AgentId agent) {
    return of(agent).isOn();
  }

  /// Whether anything is asked for after the password: a code, or a passkey.
  public boolean isAsked(AgentId agent) {
    return database
        .sql(
            """
            select
              exists (select from second_step where agent = :agent and confirmed_at is not null)
                or exists (select from passkey_step where agent = :agent)
            """)
        .param("agent", agent.value())
        .query(Boolean.class)
        .single();
  }

  public boolean isAskedForPasskey(AgentId agent) {
    return database
        .sql("select exists (select from passkey_step where agent = :agent)")
        .param("agent", agent.value())
        .query(Boolean.class)
        .single();
  }

  /// Has a passkey asked for after the password, or no more.
  @Transactional
  public void askForPasskey(AgentId agent, boolean asked, Actor by) {
    var changed =
        database
            .sql(
                asked
                    ? "insert into passkey_step (agent) values (:agent) on conflict do nothing"
                    : "delete from passkey_step where agent = :agent")
            .param("agent", agent.value())
            .update();
    if (changed == 1) {
      agents.append(
          agent, asked ? "agent.passkey-step-on" : "agent.passkey-step-off", by, Map.of());
    }
  }

  /// Who is asked for something after the password.
  Set<AgentId> owners() {
    return database
        .sql(
            """
            select agent from second_step where confirmed_at is not null
            union
            select agent from passkey_step
            """)
        .query((row, _) -> new AgentId(row.getLong("agent")))
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Makes a new secret for an agent who is not asked for codes yet. Nothing changes for them until
  /// they have confirmed it.
  public void begin(Agent agent) {
    var secret = new byte[Totp.SECRET_BYTES];
    RANDOM.nextBytes(secret);
    database
        .sql(
            """
            insert into second_step as known (agent, secret)
            values (:agent, :secret)
            on conflict (agent) do update set secret = excluded.secret
            where known.confirmed_at is null
            """)
        .param("agent", agent.id().value())
        .param("secret", sealer().seal(secret, about(agent.id())))
        .update();
  }

  /// What an agent tells their device, as long as they have not confirmed that it knows.
  public Optional<Enrolment> enrolment(Agent agent) {
    return known(agent.id())
        .filter(known -> !known.confirmed())
        .map(known -> {
          var secret = Base32.encode(known.secret()).toUpperCase(Locale.ROOT);
          return new Enrolment(grouped(secret), address(agent, secret));
        });
  }

  private String address(Agent agent, String secret) {
    var name = settings.get(Founding.ORGANIZATION_NAME);
    var issuer = encoded(name.isEmpty() ? "Evergreen" : name);
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s"
        .formatted(issuer, encoded(agent.email()), secret, issuer);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Turns the second step on, when the code shows that the device knows the secret.
  ///
  /// @return the recovery codes, which cannot be read again
  @Transactional
  public Outcome<List<String>> confirm(Agent agent, String code) {
    var known = known(agent.id()).filter(one -> !one.confirmed());
    if (known.isEmpty()) {
      return Outcome.rejected(
          Reason.OUTDATED, "Expected a second step that is being set up; begin again.");
    }
    if (!takesCode(agent.id(), known.get(), digitsOf(code))) {
      return Outcome.rejected(Reason.INVALID, WRONG);
    }
    database
        .sql("update second_step set confirmed_at = now() where agent = :agent")
        .param("agent", agent.id().value())
        .update();
    agents.append(agent.id(), "agent.second-step-on", agent.actor(), Map.of());
    return Outcome.accepted(replaceCodes(agent.id()));
  }

  /// Makes ten new recovery codes; the old ones are good for nothing from then on.
  @Transactional
  public Outcome<List<String>> renewCodes(Agent agent) {
    if (!isOn(agent.id())) {
      return Outcome.rejected(Reason.OUTDATED, "Expected a second step that is on.");
    }
    agents.append(agent.id(), "agent.recovery-codes-renewed", agent.actor(), Map.of());
    return Outcome.accepted(replaceCodes(agent.id()));
  }

  private List<String> replaceCodes(AgentId agent) {
    removeCodes(agent);
    return Stream.generate(SecondSteps::recoveryCode)
        .limit(RECOVERY_CODES)
        .map(code -> {
          database
              .sql("insert into recovery_code (code_hash, agent) values (:hash, :agent)")
              .param("hash", Token.sha256(code))
              .param("agent", agent.value())
              .update();
          return grouped(code);
        })
        .toList();
  }

  private void removeCodes(AgentId agent) {
    database
        .sql("delete from recovery_code where agent = :agent")
        .param("agent", agent.value())
        .update();
  }

  private static String recoveryCode() {
    var bytes = new byte[RECOVERY_BYTES];
    RANDOM.nextBytes(bytes);
    return Base32.encode(bytes);
  }

  private static String grouped(String letters) {
    return letters.replaceAll("(.{4})(?=.)", "$1 ");
  }

  /// Turns the second step off: by its owner, or by an administrator for somebody who lost device
  /// and recovery codes.
  @Transactional
  public Outcome<AgentId> remove(AgentId agent, Actor by) {
    var removed =
        database
            .sql(
                """
                with passkey as (
                  delete from passkey_step where agent = :agent returning agent),
                code as (
                  delete from second_step
                  where agent = :agent and confirmed_at is not null
                  returning agent)
                select (select count(*) from passkey) + (select count(*) from code)
                """)
            .param("agent", agent.value())
            .query(Long.class)
            .single();
    if (removed == 0) {
      return Outcome.rejected(Reason.OUTDATED, "Expected a second step that is on.");
    }
    removeCodes(agent);
    agents.append(agent, "agent.second-step-off", by, Map.of());
    return Outcome.accepted(agent);
  }

  /// What became of a code that somebody typed.
  public enum Answer {
    ACCEPTED,
    REFUSED,
    /// Too many tries: whatever is typed is refused for some minutes.
    TOO_MANY
  }

  /// Takes a code of the device or a recovery code, each once.
  @Transactional
  public Answer take(AgentId agent, String typed) {
    if (!limits.countCode(agent)) {
      return Answer.TOO_MANY;
    }
    var letters = typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    var taken =
        known(agent)
            .filter(Known::confirmed)
            .filter(known ->
                takesCode(agent, known, digitsOf(letters)) || takesRecovery(agent, letters));
    if (taken.isPresent()) {
      limits.forgetCodes(agent);
      return Answer.ACCEPTED;
    }
    return Answer.REFUSED;
  }

  private boolean takesRecovery(AgentId agent, String letters) {
    var used =
        database
            .sql("delete from recovery_code where code_hash = :hash and agent = :agent")
            .param("hash", Token.sha256(letters))
            .param("agent", agent.value())
            .update();
    if (used == 1) {
      agents.append(agent, "agent.recovery-code-used", Actor.SYSTEM, Map.of());
    }
    return used == 1;
  }

  /// Of several who come with the same code at once, the row lets one through.
  private boolean takesCode(AgentId agent, Known known, String digits) {
    return LongStream.rangeClosed(known.nowPeriod() - 1, known.nowPeriod() + 1)
        .filter(period -> isSame(Totp.code(known.secret(), period, Totp.DIGITS), digits))
        .anyMatch(period ->
            database
                    .sql(
                        """
                        update second_step set used_period = :period
                        where agent = :agent and used_period < :period
                        """)
                    .param("agent", agent.value())
                    .param("period", period)
                    .update()
                == 1);
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String digitsOf(String typed) {
    return typed.replaceAll("[\\s-]", "");
  }

  private Optional<Known> known(AgentId agent) {
    var sealer = sealer();
    return database
        .sql(
            """
            select
              secret,
              confirmed_at is not null as confirmed,
              used_period,
              cast(floor(extract(epoch from now()) / :length) as bigint) as now_period
            from second_step
            where agent = :agent
            """)
        .param("agent", agent.value())
        .param("length", Totp.PERIOD_SECONDS)
        .query((row, _) ->
            new Known(
                sealer.open(row.getBytes("secret"), about(agent)),
                row.getBoolean("confirmed"),
                row.getLong("used_period"),
                row.getLong("now_period")))
        .optional();
  }

  private Sealer sealer() {
    return secrets.sealer("second-step");
  }

  private static String about(AgentId agent) {
    return agent.subject().toString();
  }
}
