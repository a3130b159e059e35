package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.workflow.Version;
import java.util.List;
import java.util.Map;

/// How many cases are under way on one version.
public record Running(int version, int runs) {
  static List<Running> of(List<Version> versions, Map<Long, Integer> open) {
    return versions.stream()
        .map(version -> new Running(version.number(), open.getOrDefault(version.id(), 0)))
        .filter(running -> running.runs() > 0)
        .toList();
  }
}
