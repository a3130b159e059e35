package dev.evergreen.server.team.provider;

import dev.evergreen.server.platform.Outbound;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Passes;
import dev.evergreen.server.team.Passes.Pass;
import dev.evergreen.server.team.Passes.Purpose;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.stereotype.Component;

/// Signing in by the provider, from leaving to coming back. What has to be known again is in a pass
/// that the browser carries: good once, for ten minutes, on any node.
@Component
public class ProviderSignIns {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIns.class);

  private final Providers providers;
  private final ProviderAccounts accounts;
  private final Passes passes;
  private final Agents agents;
  private final Outbound outbound;
  private volatile @Nullable Ready ready;

  ProviderSignIns(
      Providers providers,
      ProviderAccounts accounts,
      Passes passes,
      Agents agents,
      Outbound outbound) {
    this.providers = providers;
    this.accounts = accounts;
    this.passes = passes;
    this.agents = agents;
    this.outbound = outbound;
  }

  /// A client for a provider as it was at a revision; it remembers the provider's keys.
  private record Ready(long revision, String returnAddress, ProviderClient client) {}

  /// Where to send somebody, and the token that their browser carries there and back.
  public record Departure(String address, String token) {}

  /// What the provider sends somebody back with.
  ///
  /// @param error what it said instead of a code; empty when it gave one
  public record Answer(String state, String code, String error, String why) {
    private static final int LONGEST = 200;

    public Answer {
      why = why.replaceAll("[^\\x20-\\x7e]", " ");
      why = why.substring(0, Math.min(why.length(), LONGEST));
    }
  }

  /// What became of coming back.
  public sealed interface Arrival {
    /// @param connected whether they were here already, and have connected their account
    record Accepted(Agent agent, String next, boolean connected) implements Arrival {}

    record Refused(String why) implements Arrival {}
  }

  /// What is remembered meanwhile, in a pass.
  private record Memo(ProviderClient.Sent sent, String next, String issuer) {}

  /// @param connecting who connects their account; null when somebody wants to sign in
  /// @param returnAddress where the provider is to send them back to
  public Optional<Departure> depart(
      @Nullable AgentId connecting, String next, String returnAddress) {
    return providers
        .open()
        .map(provider -> {
          var departure = client(provider, returnAddress).depart();
          var memo = new Memo(departure.sent(), next, provider.client().issuer());
          var token =
              passes.issue(
                  new Pass(Purpose.PROVIDER, connecting, Discovery.JSON.writeValueAsString(memo)));
          return new Departure(departure.address(), token.value());
        });
  }

  public Arrival arrive(String token, Answer answer, String returnAddress) {
    var pass = passes.use(token, Purpose.PROVIDER);
    var provider = providers.open();
    if (pass.isEmpty() || provider.isEmpty()) {
      return new Arrival.Refused("This took too long, or was begun elsewhere. Begin again.");
    }
    var memo = Discovery.JSON.readValue(pass.get().memo(), Memo.class);
    if (!memo.issuer().equals(provider.get().client().issuer())) {
      return new Arrival.Refused("The way to sign in was changed meanwhile. Begin again.");
    }
    try {
      var person =
          client(provider.get(), returnAddress)
              .arrive(
                  memo.sent(),
                  new ProviderClient.Brought(
                      answer.state(), answer.code(), answer.error(), answer.why()));
      return admitted(provider.get(), person, pass.get().holder(), memo.next());
    } catch (AuthenticationException e) {
      LOG.info("Sign-in by {} refused: {}", provider.get().client().issuer(), said(e));
      return new Arrival.Refused(
          "%s did not vouch for you (%s). Begin again, or sign in another way."
              .formatted(provider.get().name(), code(e)));
    }
  }

  private Arrival admitted(
      Provider provider,
      ProviderAccounts.Person person,
      @Nullable AgentId connecting,
      String next) {
    Outcome<Agent> admitted =
        connecting == null
            ? accounts.admit(provider, person)
            : agents
                .withId(connecting)
                .filter(Agent::active)
                .map(agent -> accounts.link(provider, person.subject(), agent))
                .orElseThrow();
    return admitted.fold(
        agent -> new Arrival.Accepted(agent, next, connecting != null),
        refused -> {
          LOG.info("Sign-in by {} refused: {}", provider.client().issuer(), refused.detail());
          return new Arrival.Refused(refused.detail());
        });
  }

  private static String code(AuthenticationException e) {
    return e instanceof OAuth2AuthenticationException said
        ? said.getError().getErrorCode()
        : "error";
  }

  private static String said(AuthenticationException e) {
    return e instanceof OAuth2AuthenticationException said
        ? String.valueOf(said.getError())
        : String.valueOf(e.getMessage());
  }

  private ProviderClient client(Provider provider, String returnAddress) {
    var known = ready;
    if (known == null
        || known.revision() != provider.revision()
        || !known.returnAddress().equals(returnAddress)) {
      known =
          new Ready(
              provider.revision(),
              returnAddress,
              new ProviderClient(provider, providers.secret(provider), returnAddress, outbound));
      ready = known;
    }
    return known.client();
  }
}
