package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.Definition;
import dev.evergreen.language.diagram.Figures;
import dev.evergreen.language.diagram.Figures.Figure;
import dev.evergreen.server.workflow.RunFigures;
import dev.evergreen.server.workflow.RunFigures.OfVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What happens in the newest cases of a version, as a few facts.
///
/// @param told which cases that is; empty when there is none
public record WhatHappens(String told, List<Fact> facts) {
  public WhatHappens {
    facts = List.copyOf(facts);
  }

  /// @param late whether it is what holds the cases up
  public record Fact(String label, String words, boolean late) {}

  static WhatHappens of(OfVersion figures, Definition definition, Instant now) {
    Instant since = figures.since();
    if (since == null) {
      return new WhatHappens("", List.of());
    }
    var facts = new ArrayList<Fact>();
    facts.add(new Fact("Cases", cases(figures, Duration.between(since, now)), false));
    Duration median = figures.median();
    if (median != null) {
      facts.add(new Fact("Take", "median " + Figures.words(median), false));
    }
    String slowest = figures.steps().slowest();
    Duration longest = figures.steps().longest();
    if (slowest != null && longest != null) {
      facts.add(
          new Fact(
              "Longest",
              "“%s”, median %s".formatted(definition.titleOf(slowest), Figures.words(longest)),
              true));
    }
    long skipped = figures.steps().steps().values().stream().mapToLong(Figure::skipped).sum();
    if (skipped > 0) {
      facts.add(
          new Fact("Skipped", "%,d step%s".formatted(skipped, skipped == 1 ? "" : "s"), false));
    }
    return new WhatHappens(
        figures.cases() == RunFigures.MOST
            ? "the newest %,d cases".formatted(figures.cases())
            : "the last %d days".formatted(RunFigures.WINDOW.toDays()),
        facts);
  }

  private static String cases(OfVersion figures, Duration span) {
    double perDay = figures.cases() / Math.max(1, span.toHours() / 24.0);
    String rate = perDay >= 1 ? ", %,d a day".formatted(Math.round(perDay)) : "";
    return "%,d%s, %,d over".formatted(figures.cases(), rate, figures.over());
  }
}
