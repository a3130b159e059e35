package dev.evergreen.server.team;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Setting;
import dev.evergreen.server.platform.Settings;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The first visit: makes the organization's name and its first administrator. Of several who try
/// at once exactly one succeeds; afterwards it can never be done again.
@Component
public class Founding {
  /// The organization that this installation serves, as its pages and mails call it.
  public static final Setting<String> ORGANIZATION_NAME = Setting.text("organization.name", "");

  /// Where customers write to, and whom our mails come from; empty until somebody has said.
  public static final Setting<String> SUPPORT_ADDRESS = Setting.text("mail.support-address", "");

  /// What the first visitor fills in.
  ///
  /// @param support the address that customers write to; empty for the likely one
  public record Charter(
      String organization, String name, String email, String password, String support) {}

  /// Domains at which anybody may have an address, so that `support` there is somebody else.
  private static final Set<String> OF_EVERYBODY =
      Set.of(
          "gmail.com",
          "googlemail.com",
          "outlook.com",
          "hotmail.com",
          "live.com",
          "yahoo.com",
          "icloud.com",
          "me.com",
          "aol.com",
          "proton.me",
          "protonmail.com",
          "gmx.de",
          "gmx.net",
          "web.de",
          "mail.com",
          "mail.ru",
          "qq.com",
          "163.com");

  private final JdbcClient database;
  private final Agents agents;
  private final Passwords passwords;
  private final Settings settings;
  private final InstantSource clock;
  private final TransactionOperations transaction;
  private volatile boolean isFounded;

  Founding(
      JdbcClient database,
      Agents agents,
      Passwords passwords,
      Settings settings,
      InstantSource clock,
      TransactionOperations transaction) {
    this.database = database;
    this.agents = agents;
    this.passwords = passwords;
    this.settings = settings;
    this.clock = clock;
    this.transaction = transaction;
  }

  /// Whether there is an agent already. It never becomes untrue, so a node asks until it is true.
  public boolean isDone() {
    if (!isFounded) {
      isFounded = database.sql("select exists (select from agent)").query(Boolean.class).single();
    }
    return isFounded;
  }

  public Outcome<Agent> found(Charter charter) {
    var organization = charter.organization().strip();
    if (organization.isEmpty() || organization.length() > 100) {
      return Outcome.rejected(
          Reason.INVALID, "Expected the organization's name, of 1 to 100 letters.");
    }
    var objection = Passwords.objectionTo(charter.password(), charter.name(), charter.email());
    if (objection.isPresent()) {
      return Outcome.rejected(Reason.INVALID, objection.get());
    }
    var support = supportAddress(charter);
    if (support.isEmpty() && !charter.support().isBlank()) {
      return Outcome.rejected(
          Reason.INVALID,
          "Expected the address that customers write to, such as support@example.com.");
    }
    var encoded = passwords.encode(charter.password());
    return transaction.execute(status -> {
      if (!claim()) {
        return Outcome.<Agent>rejected(
            Reason.OUTDATED, "Somebody else was faster: this installation has its administrator.");
      }
      var added =
          agents.add(
              new NewAgent(charter.name(), charter.email(), Role.ADMINISTRATOR, List.of()),
              Actor.SYSTEM);
      switch (added) {
        case Outcome.Rejected<Agent> _ -> status.setRollbackOnly();
        case Outcome.Accepted<Agent>(Agent administrator) -> {
          passwords.store(administrator.id(), encoded);
          agents.append(administrator.id(), "agent.password-set", administrator.actor(), Map.of());
          settings.put(ORGANIZATION_NAME, organization);
          support.ifPresent(address -> settings.put(SUPPORT_ADDRESS, address.toString()));
        }
      }
      return added;
    });
  }

  /// What was filled in, else `support` at the administrator's own domain, where it can be one.
  private static Optional<EmailAddress> supportAddress(Charter charter) {
    return charter.support().isBlank()
        ? EmailAddress.parse(charter.email())
            .map(EmailAddress::domain)
            .filter(domain -> domain.contains(".") && !OF_EVERYBODY.contains(domain))
            .flatMap(domain -> EmailAddress.parse("support@" + domain))
        : EmailAddress.parse(charter.support());
  }

  /// The second of two waits here for the first, and then finds the row there.
  private boolean claim() {
    return database
            .sql(
                """
                insert into founding (id, founded_at) values (1, :now)
                on conflict do nothing
                """)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }
}
