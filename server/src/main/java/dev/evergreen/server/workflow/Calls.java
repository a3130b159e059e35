package dev.evergreen.server.workflow;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What runs that call and runs that are called have to tell each other: the end of the one, and
/// that it is no longer waited for. Each is told in a transaction of its own, as a due time that
/// has come: so no transaction needs the locks of both, and nothing is lost between them.
final class Calls {
  private static final String END = "workflow.call-ended";
  private static final String WITHDRAWAL = "workflow.call-withdrawn";

  private Calls() {}

  static Due.Key end(RunId called) {
    return new Due.Key(END, String.valueOf(called.value()));
  }

  static Due.Key withdrawal(WorkflowRun.Caller caller) {
    return new Due.Key(WITHDRAWAL, caller.key());
  }

  /// A called run is over: its caller goes on.
  @Component
  static final class Ends implements DueReaction {
    private final Runs runs;
    private final RunsInHand hand;

    Ends(Runs runs, RunsInHand hand) {
      this.runs = runs;
      this.hand = hand;
    }

    @Override
    public String kind() {
      return END;
    }

    @Override
    public void fire(Due.Item item) {
      runs.withId(new RunId(Long.parseLong(item.key()))).ifPresent(this::tell);
    }

    private void tell(WorkflowRun called) {
      WorkflowRun.@Nullable Caller caller = called.caller();
      if (caller != null && isAwaited(caller)) {
        String outcome = called.state().outcome();
        runs.take(
            caller.run(),
            new Input.RunFinished(
                caller.activation(),
                outcome == null ? Definition.CANCELED : outcome,
                called.state().data()));
      }
    }

    private boolean isAwaited(WorkflowRun.Caller caller) {
      return hand.hold(caller.run())
          .filter(run -> run.state().activation(caller.activation()) instanceof Activation.Call)
          .isPresent();
    }
  }

  /// A called run is no longer waited for: it is canceled.
  @Component
  static final class Withdrawals implements DueReaction {
    private final Runs runs;
    private final RunRows rows;

    Withdrawals(Runs runs, RunRows rows) {
      this.runs = runs;
      this.rows = rows;
    }

    @Override
    public String kind() {
      return WITHDRAWAL;
    }

    @Override
    public void fire(Due.Item item) {
      String[] parts = item.key().split("/", 2);
      var caller =
          new WorkflowRun.Caller(new RunId(Long.parseLong(parts[0])), Integer.parseInt(parts[1]));
      rows.calledBy(caller)
          .ifPresent(called ->
              runs.take(
                  called,
                  new Input.Cancel("The run that had called it no longer needs it.", null)));
    }
  }
}
