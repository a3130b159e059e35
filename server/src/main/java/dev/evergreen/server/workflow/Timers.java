package dev.evergreen.server.workflow;

import dev.evergreen.engine.Input;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import java.util.List;
import org.springframework.stereotype.Component;

/// The timers of runs, in the one table of due times.
@Component
final class Timers implements DueReaction {
  static final String KIND = "workflow.timer";

  private final RunsInHand hand;
  private final Runs runs;

  Timers(RunsInHand hand, Runs runs) {
    this.hand = hand;
    this.runs = runs;
  }

  static Due.Key key(RunId run, int activation) {
    return new Due.Key(KIND, run.value() + "/" + activation);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void fire(Due.Item item) {
    fire(List.of(item));
  }

  @Override
  public void fire(List<Due.Item> items) {
    hand.hold(items.stream().map(Timers::run).toList());
    for (Due.Item item : items) {
      int activation = Integer.parseInt(item.key().substring(item.key().indexOf('/') + 1));
      runs.take(run(item), new Input.TimerFired(activation));
    }
  }

  private static RunId run(Due.Item item) {
    return new RunId(Long.parseLong(item.key().substring(0, item.key().indexOf('/'))));
  }
}
