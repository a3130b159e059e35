package dev.evergreen.server.team.passkey;

import com.webauthn4j.verifier.exception.VerificationException;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Passes;
import dev.evergreen.server.team.Passes.Pass;
import dev.evergreen.server.team.Passes.Purpose;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The two ceremonies of passkeys: making one, and proving by one who one is. Each begins with a
/// challenge that is good once, in the browser that asked for it.
@Component
public class PasskeyCeremonies {
  private static final Logger LOG = LoggerFactory.getLogger(PasskeyCeremonies.class);
  private static final String BETWEEN = " ";

  private final Passkeys passkeys;
  private final Passes passes;
  private final Agents agents;

  PasskeyCeremonies(Passkeys passkeys, Passes passes, Agents agents) {
    this.passkeys = passkeys;
    this.passes = passes;
    this.agents = agents;
  }

  /// What the browser is asked, as JSON, and the token that it carries meanwhile.
  public record Asked(String options, String token) {}

  /// Begins to make a passkey that can sign its owner in by itself.
  public Outcome<Asked> beginMaking(Agent owner, Site site) {
    if (passkeys.of(owner.id()).size() >= Passkeys.MOST) {
      return Outcome.rejected(
          Reason.INVALID,
          "Expected at most %d passkeys; remove one first.".formatted(Passkeys.MOST));
    }
    var challenge = Bytes.random();
    var options =
        party(site, challenge, true)
            .createPublicKeyCredentialCreationOptions(
                new ImmutablePublicKeyCredentialCreationOptionsRequest(known(owner)));
    var token =
        passes.issue(new Pass(Purpose.NEW_PASSKEY, owner.id(), challenge.toBase64UrlString()));
    return Outcome.accepted(new Asked(Json.MAPPER.writeValueAsString(options), token.value()));
  }

  /// Keeps what the browser has made.
  @Transactional
  public Outcome<String> make(Agent owner, String token, String name, String made, Site site) {
    if (!Passkeys.isName(name)) {
      return Outcome.rejected(Reason.INVALID, Passkeys.NAME_EXPECTED);
    }
    var pass =
        passes.use(token, Purpose.NEW_PASSKEY).filter(one -> owner.id().equals(one.holder()));
    if (pass.isEmpty()) {
      return Outcome.rejected(Reason.OUTDATED, TOO_LATE);
    }
    try {
      var credential = Json.MAPPER.readValue(made, Json.MADE);
      var party = party(site, Bytes.fromBase64(pass.get().memo()), true);
      var options =
          party.createPublicKeyCredentialCreationOptions(
              new ImmutablePublicKeyCredentialCreationOptionsRequest(known(owner)));
      party.registerCredential(
          new ImmutableRelyingPartyRegistrationRequest(
              options, new RelyingPartyPublicKey(credential, name.strip())));
      return Outcome.accepted(name.strip());
    } catch (JacksonException | VerificationException | IllegalArgumentException e) {
      LOG.info("Passkey of {} refused: {}", owner.id().subject(), e.getMessage());
      return Outcome.rejected(
          Reason.INVALID, "The device's answer was not accepted; nothing was kept. Begin again.");
    }
  }

  /// Begins to prove who one is.
  ///
  /// @param whose who has typed a password already; null for whoever has a passkey, which then has
  ///   to make sure by itself that it is them
  public Asked beginProving(@Nullable Agent whose, Site site) {
    var challenge = Bytes.random();
    var options =
        party(site, challenge, whose == null)
            .createCredentialRequestOptions(
                new ImmutablePublicKeyCredentialRequestOptionsRequest(
                    whose == null ? null : known(whose)));
    var memo = challenge.toBase64UrlString() + BETWEEN + (whose == null);
    var token = passes.issue(new Pass(Purpose.PASSKEY, whose == null ? null : whose.id(), memo));
    return new Asked(Json.MAPPER.writeValueAsString(options), token.value());
  }

  /// @return whose key it was
  @Transactional
  public Outcome<Agent> prove(String token, String proof, Site site) {
    var pass = passes.use(token, Purpose.PASSKEY);
    if (pass.isEmpty()) {
      return Outcome.rejected(Reason.OUTDATED, TOO_LATE);
    }
    var memo = pass.get().memo().split(BETWEEN, 2);
    var alone = Boolean.parseBoolean(memo[1]);
    try {
      var credential = Json.MAPPER.readValue(proof, Json.PROOF);
      var party = party(site, Bytes.fromBase64(memo[0]), alone);
      var options =
          party.createCredentialRequestOptions(
              new ImmutablePublicKeyCredentialRequestOptionsRequest(null));
      var owner = party.authenticate(new RelyingPartyAuthenticationRequest(options, credential));
      return Passkeys.agent(owner.getId())
          .filter(id -> pass.get().holder() == null || id.equals(pass.get().holder()))
          .flatMap(agents::withId)
          .filter(Agent::active)
          .<Outcome<Agent>>map(Outcome::accepted)
          .orElseGet(PasskeyCeremonies::refused);
    } catch (JacksonException | VerificationException | IllegalArgumentException e) {
      LOG.info("Sign-in by passkey refused: {}", e.getMessage());
      return refused();
    }
  }

  private static Outcome<Agent> refused() {
    return Outcome.rejected(
        Reason.UNKNOWN, "This passkey does not sign you in. Sign in another way.");
  }

  private static TestingAuthenticationToken known(Agent agent) {
    return new TestingAuthenticationToken(agent.email(), "", List.of());
  }

  private Webauthn4JRelyingPartyOperations party(Site site, Bytes challenge, boolean alone) {
    var party =
        new Webauthn4JRelyingPartyOperations(
            new People(),
            new Keys(),
            PublicKeyCredentialRpEntity.builder().id(site.host()).name(site.name()).build(),
            Set.of(site.origin()));
    var verification =
        alone ? UserVerificationRequirement.REQUIRED : UserVerificationRequirement.PREFERRED;
    party.setCustomizeCreationOptions(options ->
        options
            .challenge(challenge)
            .authenticatorSelection(
                AuthenticatorSelectionCriteria.builder()
                    .residentKey(ResidentKeyRequirement.REQUIRED)
                    .userVerification(verification)
                    .build()));
    party.setCustomizeRequestOptions(
        options -> options.challenge(challenge).userVerification(verification));
    return party;
  }

  /// Loaded with the first ceremony.
  private static final class Json {
    static final JsonMapper MAPPER =
        JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();
    static final TypeReference<PublicKeyCredential<AuthenticatorAttestationResponse>> MADE =
        new TypeReference<>() {};
    static final TypeReference<PublicKeyCredential<AuthenticatorAssertionResponse>> PROOF =
        new TypeReference<>() {};
  }

  /// Agents as the library asks for them.
  private final class People implements PublicKeyCredentialUserEntityRepository {
    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes id) {
      return Passkeys.agent(id).flatMap(agents::withId).map(People::entity).orElse(null);
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String name) {
      return dev.evergreen.server.platform.EmailAddress.parse(name)
          .flatMap(agents::withEmail)
          .map(People::entity)
          .orElse(null);
    }

    private static PublicKeyCredentialUserEntity entity(Agent agent) {
      return ImmutablePublicKeyCredentialUserEntity.builder()
          .id(Passkeys.handle(agent.id()))
          .name(agent.email())
          .displayName(agent.name())
          .build();
    }

    @Override
    public void save(PublicKeyCredentialUserEntity entity) {
      throw new IllegalStateException("expected an agent who is here, but found " + entity);
    }

    @Override
    public void delete(Bytes id) {
      throw new IllegalStateException("expected agents to stay");
    }
  }

  /// Passkeys as the library asks for them.
  private final class Keys implements UserCredentialRepository {
    @Override
    public void delete(Bytes credential) {
      throw new IllegalStateException("expected owners alone to remove passkeys");
    }

    @Override
    public void save(CredentialRecord record) {
      passkeys.keep(record);
    }

    @Override
    public @Nullable CredentialRecord findByCredentialId(Bytes credential) {
      return passkeys.withCredential(credential).orElse(null);
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes user) {
      return passkeys.records(user);
    }
  }

  private static final String TOO_LATE = "This took too long, or was begun elsewhere. Begin again.";
}
