package dev.evergreen.server.platform;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who did something: an agent, a customer, a partner in a side conversation, a workflow's run, or
/// Evergreen itself. The name is kept as it was then, so that the history reads the same after
/// somebody was renamed or left.
public record Actor(String kind, @Nullable Long id, String name) {
  private static final Set<String> KINDS =
      Set.of("agent", "customer", "partner", "workflow", "system");

  public static final Actor SYSTEM = new Actor("system", null, "Evergreen");

  public Actor {
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException(
          "expected an actor of kind " + KINDS + ", but found '" + kind + "'");
    }
  }

  public static Actor agent(long id, String name) {
    return new Actor("agent", id, name);
  }

  public static Actor customer(long id, String name) {
    return new Actor("customer", id, name);
  }

  /// Somebody who is neither an agent nor the customer; they have no record of their own.
  public static Actor partner(String name) {
    return new Actor("partner", null, name);
  }

  /// A workflow acting through one of its runs.
  public static Actor workflow(long run, String name) {
    return new Actor("workflow", run, name);
  }
}
