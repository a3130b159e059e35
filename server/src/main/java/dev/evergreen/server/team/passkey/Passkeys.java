package dev.evergreen.server.team.passkey;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.SecondSteps;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The passkeys of agents. Of each is kept the public half, which opens nothing.
@Component
public class Passkeys {
  static final int MOST = 20;
  private static final int LONGEST_NAME = 60;

  private final JdbcClient database;
  private final Agents agents;
  private final SecondSteps steps;

  Passkeys(JdbcClient database, Agents agents, SecondSteps steps) {
    this.database = database;
    this.agents = agents;
    this.steps = steps;
  }

  /// Somebody's own, the newest first.
  public List<Passkey> of(AgentId agent) {
    return database
        .sql("select * from passkey where agent = :agent order by id desc")
        .param("agent", agent.value())
        .query((row, _) ->
            new Passkey(
                new Passkey.Id(row.getLong("id")),
                row.getString("name"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("used_at", OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant)
                    .orElse(null)))
        .list();
  }

  @Transactional
  public Outcome<String> rename(Agent owner, Passkey.Id id, String typed) {
    if (of(owner.id()).stream().noneMatch(one -> one.id().equals(id))) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no such passkey of yours.");
    }
    var name = typed.strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return Outcome.rejected(Reason.INVALID, NAME_EXPECTED);
    }
    database
        .sql("update passkey set name = :name where id = :id and agent = :agent")
        .param("name", name)
        .param("id", id.value())
        .param("agent", owner.id().value())
        .update();
    return Outcome.accepted(name);
  }

  /// With the last one goes what it was asked for.
  @Transactional
  public boolean remove(Agent owner, Passkey.Id id) {
    var removed =
        database
            .sql("delete from passkey where id = :id and agent = :agent")
            .param("id", id.value())
            .param("agent", owner.id().value())
            .update();
    if (removed == 1) {
      agents.append(
          owner.id(), "agent.passkey-removed", owner.actor(), Map.of("passkey", id.value()));
      if (of(owner.id()).isEmpty() && steps.isAskedForPasskey(owner.id())) {
        steps.askForPasskey(owner.id(), false, owner.actor());
      }
    }
    return removed == 1;
  }

  /// Has one asked for after the password, or no more.
  @Transactional
  public Outcome<Boolean> ask(Agent owner, boolean asked) {
    if (asked && of(owner.id()).isEmpty()) {
      return Outcome.rejected(Reason.OUTDATED, "Expected a passkey of yours; make one first.");
    }
    steps.askForPasskey(owner.id(), asked, owner.actor());
    return Outcome.accepted(asked);
  }

  /// What devices call an agent by. It says nothing about them.
  static Bytes handle(AgentId agent) {
    return new Bytes(ByteBuffer.allocate(Long.BYTES).putLong(agent.value()).array());
  }

  static Optional<AgentId> agent(@Nullable Bytes handle) {
    return handle == null || handle.getBytes().length != Long.BYTES
        ? Optional.empty()
        : Optional.of(new AgentId(ByteBuffer.wrap(handle.getBytes()).getLong()));
  }

  List<CredentialRecord> records(Bytes handle) {
    return agent(handle).stream()
        .flatMap(agent ->
            database
                .sql("select * from passkey where agent = :agent order by id desc")
                .param("agent", agent.value())
                .query(Passkeys::read)
                .list()
                .stream())
        .toList();
  }

  Optional<CredentialRecord> withCredential(Bytes credential) {
    return database
        .sql("select * from passkey where credential = :credential")
        .param("credential", credential.getBytes())
        .query(Passkeys::read)
        .optional();
  }

  /// Keeps a new one, or what its last use has changed.
  void keep(CredentialRecord record) {
    var agent = agent(record.getUserEntityUserId()).orElseThrow();
    var known =
        database
            .sql(
                """
                update passkey set
                  signatures = :signatures,
                  verified = :verified,
                  backed_up = :backedUp,
                  used_at = now()
                where credential = :credential
                """)
            .param("signatures", record.getSignatureCount())
            .param("verified", record.isUvInitialized())
            .param("backedUp", record.isBackupState())
            .param("credential", record.getCredentialId().getBytes())
            .update();
    if (known == 1) {
      return;
    }
    var id =
        database
            .sql(
                """
                insert into passkey (
                  agent, credential, public_key, attestation, client_data, name, signatures, verified, transports,
                  can_be_backed_up, backed_up)
                values (
                  :agent, :credential, :key, :attestation, :clientData, :name, :signatures, :verified, :transports,
                  :canBeBackedUp, :backedUp)
                returning id
                """)
            .param("agent", agent.value())
            .param("credential", record.getCredentialId().getBytes())
            .param("key", record.getPublicKey().getBytes())
            .param("attestation", Objects.requireNonNull(record.getAttestationObject()).getBytes())
            .param(
                "clientData",
                Objects.requireNonNull(record.getAttestationClientDataJSON()).getBytes())
            .param("name", record.getLabel())
            .param("signatures", record.getSignatureCount())
            .param("verified", record.isUvInitialized())
            .param(
                "transports",
                record.getTransports().stream()
                    .map(AuthenticatorTransport::getValue)
                    .toArray(String[]::new))
            .param("canBeBackedUp", record.isBackupEligible())
            .param("backedUp", record.isBackupState())
            .query((row, _) -> row.getLong("id"))
            .single();
    var owner = agents.withId(agent).map(Agent::actor).orElse(Actor.SYSTEM);
    agents.append(agent, "agent.passkey-made", owner, Map.of("passkey", id));
  }

  private static CredentialRecord read(ResultSet row, int number) throws SQLException {
    return ImmutableCredentialRecord.builder()
        .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
        .credentialId(new Bytes(row.getBytes("credential")))
        .userEntityUserId(handle(new AgentId(row.getLong("agent"))))
        .publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key")))
        .attestationObject(new Bytes(row.getBytes("attestation")))
        .attestationClientDataJSON(new Bytes(row.getBytes("client_data")))
        .signatureCount(row.getLong("signatures"))
        .uvInitialized(row.getBoolean("verified"))
        .transports(
            Stream.of((String[]) row.getArray("transports").getArray())
                .map(AuthenticatorTransport::valueOf)
                .collect(Collectors.toUnmodifiableSet()))
        .backupEligible(row.getBoolean("can_be_backed_up"))
        .backupState(row.getBoolean("backed_up"))
        .label(row.getString("name"))
        .created(row.getObject("made_at", OffsetDateTime.class).toInstant())
        .build();
  }

  static final String NAME_EXPECTED = "Expected a name of 1 to %d letters.".formatted(LONGEST_NAME);

  static boolean isName(String name) {
    return !name.isBlank() && name.length() <= LONGEST_NAME;
  }
}
