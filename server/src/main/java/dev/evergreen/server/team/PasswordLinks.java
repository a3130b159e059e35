package dev.evergreen.server.team;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.team.Passes.Pass;
import dev.evergreen.server.team.Passes.Purpose;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/// Links by which somebody sets their password: the invitation that an administrator hands over,
/// good for three days, and the reset that somebody has sent to themselves, good for an hour. Each
/// works once and until the next of its kind; using one uses up the other.
@Component
public class PasswordLinks {
  private static final Logger LOG = LoggerFactory.getLogger(PasswordLinks.class);
  private static final Purpose[] BOTH = {Purpose.INVITATION, Purpose.RESET};
  private static final String GONE = "This link is no longer good.";

  private final Passes passes;
  private final Agents agents;
  private final Passwords passwords;
  private final SignInLimits limits;
  private final Settings settings;
  private final ObjectProvider<AgentMail> mail;
  private final TransactionOperations transaction;
  private final String publicUrl;

  PasswordLinks(
      Passes passes,
      Agents agents,
      Passwords passwords,
      SignInLimits limits,
      Settings settings,
      ObjectProvider<AgentMail> mail,
      TransactionOperations transaction,
      @Value("${evergreen.public-url:http://localhost:${server.port:8080}}") String publicUrl) {
    this.passes = passes;
    this.agents = agents;
    this.passwords = passwords;
    this.limits = limits;
    this.settings = settings;
    this.mail = mail;
    this.transaction = transaction;
    this.publicUrl = publicUrl.replaceAll("/+$", "");
  }

  /// Whom a link is for.
  ///
  /// @param isNew whether it is an invitation
  public record Link(Agent agent, boolean isNew) {}

  /// Makes an invitation's secret part for an active agent. It is shown once and cannot be read
  /// again.
  @Transactional
  public Outcome<String> invite(AgentId id, Actor by) {
    if (agents.withId(id).filter(Agent::active).isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no active agent " + id.value() + ".");
    }
    var token = passes.issue(new Pass(Purpose.INVITATION, id, ""));
    agents.append(id, "agent.invited", by, Map.of());
    return Outcome.accepted(token.value());
  }

  /// Whether somebody who forgot their password can help themselves.
  public boolean canReset() {
    return mail.stream().anyMatch(AgentMail::isPossible);
  }

  /// Has a link sent to whoever asks for it, if there is somebody with the address. The caller
  /// learns nothing about that, not even by the time it takes; only that a network asks too often.
  ///
  /// @return false when it does
  public boolean sendReset(String email, String networkAddress) {
    var account = SignIns.accountOf(email);
    var exhausted = limits.countReset(account, SignIns.networkOf(networkAddress));
    if (exhausted.contains(SignInLimits.Exhausted.ADDRESS)) {
      LOG.warn("Password reset refused: too many tries from {}", networkAddress);
      return false;
    }
    if (exhausted.isEmpty() && canReset()) {
      Thread.ofVirtual().name("password-reset").start(() -> sendReset(account));
    }
    return true;
  }

  private void sendReset(String account) {
    try {
      EmailAddress.parse(account)
          .flatMap(agents::withEmail)
          .filter(Agent::active)
          .ifPresent(agent -> {
            var link = publicUrl + "/password/" + reset(agent);
            mail.forEach(carrier -> carrier.send(agent, "Set a new password", letter(agent, link)));
          });
    } catch (RuntimeException e) {
      LOG.warn("A link to set a password was asked for, but could not be sent", e);
    }
  }

  private String reset(Agent agent) {
    return transaction.execute(_ -> {
      var token = passes.issue(new Pass(Purpose.RESET, agent.id(), ""));
      agents.append(agent.id(), "agent.reset-asked", Actor.SYSTEM, Map.of());
      return token.value();
    });
  }

  private String letter(Agent agent, String link) {
    return """
    Hello %s,

    somebody, probably you, asked for a new password at %s. Set one here:

    %s

    The link works once and for an hour. If it was not you, do nothing: your password stays as it is.
    """
        .formatted(agent.name(), organization(), link);
  }

  private String organization() {
    var name = settings.get(Founding.ORGANIZATION_NAME);
    return name.isEmpty() ? "Evergreen" : name;
  }

  /// Whom a link is for, as long as it is good.
  public Optional<Link> good(String token) {
    return passes
        .look(token, BOTH)
        .flatMap(pass ->
            Optional.ofNullable(pass.holder())
                .flatMap(agents::withId)
                .filter(Agent::active)
                .map(agent -> new Link(agent, pass.purpose() == Purpose.INVITATION)));
  }

  /// Sets the password and uses the link up, both or neither. Every session the agent had ends.
  public Outcome<Agent> accept(String token, String password) {
    var link = good(token);
    if (link.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, GONE);
    }
    var agent = link.get().agent();
    var objection = Passwords.objectionTo(password, agent.name(), agent.email());
    if (objection.isPresent()) {
      return Outcome.rejected(Reason.INVALID, objection.get());
    }
    var encoded = passwords.encode(password);
    return transaction.execute(_ -> use(agent, token, encoded));
  }

  private Outcome<Agent> use(Agent agent, String token, String encoded) {
    if (passes.use(token, BOTH).isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, GONE);
    }
    passes.revoke(agent.id(), BOTH);
    passwords.store(agent.id(), encoded);
    agents.append(agent.id(), "agent.password-set", agent.actor(), Map.of());
    return Outcome.accepted(agent);
  }

  /// Who has an invitation that is still good.
  Set<AgentId> invited() {
    return passes.holders(Purpose.INVITATION);
  }
}
