package dev.evergreen.server.workflow;

import dev.evergreen.engine.Input;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import org.springframework.stereotype.Component;

/// The timers of runs, in the one table of due times.
@Component
final class Timers implements DueReaction {
  static final String KIND = "workflow.timer";

  private final Runs runs;

  Timers(Runs runs) {
    this.runs = runs;
  }

  static String key(RunId run, int activation) {
    return run.value() + "/" + activation;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void fire(Due.Item item) {
    String[] parts = item.key().split("/", 2);
    runs.take(
        new RunId(Long.parseLong(parts[0])), new Input.TimerFired(Integer.parseInt(parts[1])));
  }
}
