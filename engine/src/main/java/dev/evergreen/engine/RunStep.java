package dev.evergreen.engine;

import java.util.Map;

/// An automatic step: an action that the product performs, `message.send` for example.
public record RunStep(String id, String title, String action, Map<String, Term> with)
    implements Step {

  public RunStep {
    with = Map.copyOf(with);
  }
}
