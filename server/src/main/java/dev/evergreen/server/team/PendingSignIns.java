package dev.evergreen.server.team;

import dev.evergreen.server.team.Passes.Pass;
import dev.evergreen.server.team.Passes.Purpose;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Sign-ins that have come as far as the second step: the password was right, and a pass in the
/// browser remembers whose it was and where they wanted to go.
@Component
public class PendingSignIns {
  private static final Purpose PURPOSE = Purpose.SECOND_STEP;

  private final Passes passes;
  private final Agents agents;
  private final SecondSteps steps;

  PendingSignIns(Passes passes, Agents agents, SecondSteps steps) {
    this.passes = passes;
    this.agents = agents;
    this.steps = steps;
  }

  public record Pending(Agent agent, String next) {}

  /// What became of a code.
  public sealed interface Attempt {
    record Accepted(Pending pending) implements Attempt {}

    record Refused(SecondSteps.Answer answer) implements Attempt {}

    /// The pass is gone: everything begins again.
    record TooLate() implements Attempt {}
  }

  /// @return the token of the pass; empty when the agent is asked for nothing more
  public Optional<String> begin(Agent agent, String next) {
    return steps.isAsked(agent.id())
        ? Optional.of(passes.issue(new Pass(PURPOSE, agent.id(), next)).value())
        : Optional.empty();
  }

  public Optional<Pending> find(String token) {
    return passes.look(token, PURPOSE).flatMap(this::pending);
  }

  public Attempt attempt(String token, String code) {
    var pending = find(token);
    if (pending.isEmpty()) {
      return new Attempt.TooLate();
    }
    return switch (steps.take(pending.get().agent().id(), code)) {
      case ACCEPTED ->
          passes.use(token, PURPOSE).isPresent()
              ? new Attempt.Accepted(pending.get())
              : new Attempt.TooLate();
      case REFUSED -> new Attempt.Refused(SecondSteps.Answer.REFUSED);
      case TOO_MANY -> new Attempt.Refused(SecondSteps.Answer.TOO_MANY);
    };
  }

  /// A passkey in place of a code: whose it is was proven, and the pass is used up.
  public Optional<Pending> take(String token, Agent proven) {
    return find(token)
        .filter(pending -> pending.agent().id().equals(proven.id()))
        .filter(_ -> passes.use(token, PURPOSE).isPresent());
  }

  private Optional<Pending> pending(Pass pass) {
    return Optional.ofNullable(pass.holder())
        .flatMap(agents::withId)
        .filter(Agent::active)
        .map(agent -> new Pending(agent, pass.memo()));
  }
}
