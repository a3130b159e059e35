package dev.evergreen.server.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.core.io.ClassPathResource;

/// The demo shop's scenarios, read from `demo/scenarios.yaml`.
record Scenarios(List<Scenario> all) {
  static Scenarios read() {
    try {
      var text =
          new ClassPathResource("demo/scenarios.yaml").getContentAsString(StandardCharsets.UTF_8);
      var entries = (List<?>) new Load(LoadSettings.builder().build()).loadFromString(text);
      return new Scenarios(entries.stream().map(entry -> scenario((Map<?, ?>) entry)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One of them, more often the heavier.
  Scenario pick(RandomGenerator random) {
    var left = random.nextInt(all.stream().mapToInt(Scenario::weight).sum());
    for (var scenario : all) {
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
        ((Number) java.util.Objects.requireNonNull(entry.get("weight"))).intValue(),
        new Scenario.Labels(text(entry, "category", "simple"), text(entry, "priority", "normal")),
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
