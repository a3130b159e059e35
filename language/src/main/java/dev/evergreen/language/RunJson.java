package dev.evergreen.language;

import dev.evergreen.engine.Run;

/// A run's state as JSON, exact both ways.
public final class RunJson {
  private RunJson() {}

  public static String write(Run run) {
    return RecordJson.write(RecordJson.toTree(run, Run.class));
  }

  /// Throws `IllegalArgumentException` when the text is not one that [#write] made.
  public static Run read(String json) {
    return RecordJson.fromTree(RecordJson.read(json), Run.class);
  }
}
