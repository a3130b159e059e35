package dev.evergreen.server.team;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Setting;
import dev.evergreen.server.platform.Settings;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The first visit: makes the organization's name and its first administrator. Of several who try
/// at once exactly one succeeds; afterwards it can never be done again.
@Component
public class Founding {
  /// The organization that this installation serves, as its pages and mails call it.
  public static final Setting<String> ORGANIZATION_NAME = Setting.text("organization.name", "");

  /// What the first visitor fills in.
  public record Charter(String organization, String name, String email, String password) {}

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
        }
      }
      return added;
    });
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
