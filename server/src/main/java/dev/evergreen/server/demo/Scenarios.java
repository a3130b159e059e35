package dev.evergreen.server.demo;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The demo shop's scenarios, read from `demo/scenarios.yaml`.
record Scenarios(List<Scenario> all) {
  static Scenarios read() {
    return new Scenarios(
        ((List<?>) Phrases.yaml("scenarios.yaml"))
            .stream().map(entry -> scenario((Map<?, ?>) entry)).toList());
  }

  /// One that this customer may write about, more often the heavier.
  Scenario pick(DemoCustomer customer, RandomGenerator random) {
    var fitting =
        all.stream().filter(one -> !one.labels().business() || customer.company() != null).toList();
    var left = random.nextInt(fitting.stream().mapToInt(Scenario::weight).sum());
    for (var scenario : fitting) {
      left -= scenario.weight();
      if (left < 0) {
        return scenario;
      }
    }
    throw new IllegalStateException("expected weights that add up, but " + left + " is left");
  }

  private static Scenario scenario(Map<?, ?> entry) {
    return new Scenario(
        text(entry, "key", "?"),
        Integer.parseInt(text(entry, "weight", "1")),
        new Scenario.Labels(
            text(entry, "category", "simple"),
            text(entry, "priority", "normal"),
            Boolean.TRUE.equals(entry.get("business")),
            text(entry, "tone", "").equals("angry")),
        new Scenario.Opening(
            texts(entry, "subjects"),
            texts(entry, "bodies"),
            texts(entry, "products"),
            Boolean.TRUE.equals(entry.get("attach"))),
        new Scenario.Course(
            texts(entry, "answers"),
            (String) entry.get("ask"),
            (String) entry.get("details"),
            (String) entry.get("again"),
            (String) entry.get("second")));
  }

  private static String text(Map<?, ?> entry, String key, String otherwise) {
    @Nullable Object value = entry.get(key);
    return value == null ? otherwise : value.toString();
  }

  private static List<String> texts(Map<?, ?> entry, String key) {
    return entry.get(key) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }
}
