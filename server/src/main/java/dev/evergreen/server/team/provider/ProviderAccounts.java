package dev.evergreen.server.team.provider;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Roles;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Decides whom the provider means: once somebody has come by it, they are known by the name that
/// it gave them for ever; before that, only by an address that it says it has verified.
@Component
public class ProviderAccounts {
  private static final String CLOSED =
      "Nobody works here under this account. Ask an administrator of your team.";

  private final JdbcClient database;
  private final Agents agents;
  private final Roles roles;

  ProviderAccounts(JdbcClient database, Agents agents, Roles roles) {
    this.database = database;
    this.agents = agents;
    this.roles = roles;
  }

  /// Whom the provider vouches for.
  ///
  /// @param subject its name for them, never another's
  /// @param address empty unless it says that it has verified it
  /// @param claims all that it says of them
  record Person(
      String subject, Optional<EmailAddress> address, String name, Map<String, Object> claims) {
    Person {
      claims = Map.copyOf(claims);
    }
  }

  /// Whether this agent has come by the provider, or has connected their account.
  public boolean isLinked(AgentId agent, Provider provider) {
    return database
        .sql(
            """
            select exists (
              select from provider_account where agent = :agent and issuer = :issuer)
            """)
        .param("agent", agent.value())
        .param("issuer", provider.client().issuer())
        .query(Boolean.class)
        .single();
  }

  /// Who comes in.
  @Transactional
  Outcome<Agent> admit(Provider provider, Person person) {
    var admission = provider.admission();
    if (!says(person, admission.claim())) {
      return Outcome.rejected(
          Reason.UNKNOWN,
          "Your provider does not say that you belong here. Ask an administrator of your team.");
    }
    if (!admission.domains().isEmpty() && person.address().filter(admission::allows).isEmpty()) {
      return Outcome.rejected(
          Reason.UNKNOWN,
          "Expected a verified address of %s. Ask an administrator of your team."
              .formatted(String.join(", ", admission.domains())));
    }
    var linked = linked(provider, person);
    if (linked.isPresent()) {
      return linked
          .filter(Agent::active)
          .<Outcome<Agent>>map(Outcome::accepted)
          .orElseGet(() -> Outcome.rejected(Reason.UNKNOWN, CLOSED));
    }
    if (person.address().isEmpty()) {
      return Outcome.rejected(
          Reason.UNKNOWN,
          "Your provider does not say that it has verified your address. Ask an administrator of"
              + " your team.");
    }
    return unknown(provider, person, person.address().get());
  }

  private Outcome<Agent> unknown(Provider provider, Person person, EmailAddress address) {
    var known = agents.withEmail(address);
    if (known.isPresent()) {
      if (!known.get().active()) {
        return Outcome.rejected(Reason.UNKNOWN, CLOSED);
      }
      return provider.admission().linksByAddress()
          ? link(provider, person.subject(), known.get())
          : Outcome.rejected(
              Reason.UNKNOWN,
              "Sign in by your password first and connect this account under “Your sign-in”.");
    }
    var newcomers = provider.admission().newcomers();
    var role = Optional.ofNullable(newcomers).flatMap(given -> roles.withKey(given.role()));
    return newcomers == null || role.isEmpty()
        ? Outcome.rejected(Reason.UNKNOWN, CLOSED)
        : agents
            .add(
                new NewAgent(
                    named(person, address), address.toString(), role.get(), newcomers.teams()),
                Actor.SYSTEM)
            .then(added -> link(provider, person.subject(), added));
  }

  private static String named(Person person, EmailAddress address) {
    var name = person.name().strip();
    var shown = name.isEmpty() ? address.local() : name;
    return shown.length() > 100 ? shown.substring(0, 100) : shown;
  }

  private static boolean says(Person person, Provider.Claim asked) {
    return !asked.isAsked()
        || switch (person.claims().get(asked.name())) {
          case null -> false;
          case Collection<?> several ->
              several.stream().map(String::valueOf).anyMatch(asked.value()::equals);
          case Object one -> String.valueOf(one).equals(asked.value());
        };
  }

  private Optional<Agent> linked(Provider provider, Person person) {
    return database
        .sql("select agent from provider_account where issuer = :issuer and subject = :subject")
        .param("issuer", provider.client().issuer())
        .param("subject", person.subject())
        .query((row, _) -> new AgentId(row.getLong("agent")))
        .optional()
        .flatMap(agents::withId);
  }

  /// From now on this agent is who the provider calls by that name.
  @Transactional
  Outcome<Agent> link(Provider provider, String subject, Agent agent) {
    var linked =
        database
            .sql(
                """
                insert into provider_account (issuer, subject, agent)
                values (:issuer, :subject, :agent)
                on conflict do nothing
                """)
            .param("issuer", provider.client().issuer())
            .param("subject", subject)
            .param("agent", agent.id().value())
            .update();
    if (linked == 0) {
      return Outcome.rejected(
          Reason.TAKEN,
          "This account of %s, or yours here, is connected to another already."
              .formatted(provider.name()));
    }
    agents.append(
        agent.id(), "agent.provider-linked", agent.actor(), Map.of("provider", provider.name()));
    return Outcome.accepted(agent);
  }

  /// The agent is no longer who the provider calls by any name.
  @Transactional
  public void unlink(Agent agent) {
    var gone =
        database
            .sql("delete from provider_account where agent = :agent")
            .param("agent", agent.id().value())
            .update();
    if (gone > 0) {
      agents.append(agent.id(), "agent.provider-unlinked", agent.actor(), Map.of());
    }
  }
}
