package dev.evergreen.server.transfer;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What somebody asked to be taken over, and how far that is.
///
/// @param names of the files that were given
public record Import(
    long id,
    String source,
    Format format,
    List<String> names,
    boolean dry,
    State state,
    Report report,
    Instant madeAt,
    @Nullable Instant endedAt) {
  public Import {
    names = List.copyOf(names);
  }

  public enum State {
    WAITING,
    GOING,
    DONE,
    FAILED,
    STOPPED;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param failure why it ended before its end; empty when it did not
  public record Report(
      Tally.Numbers numbers, List<Meaning> meanings, List<Finding> findings, String failure) {
    public Report {
      meanings = List.copyOf(meanings);
      findings = List.copyOf(findings);
    }

    static final Report NONE =
        new Report(new Tally.Numbers(0, 0, 0, 0, 0), List.of(), List.of(), "");
  }

  /// What a word became, and what it could.
  public record Meaning(
      Aspect aspect,
      String word,
      String becomes,
      boolean isGuess,
      long count,
      List<String> choices) {
    public Meaning {
      choices = List.copyOf(choices);
    }
  }

  public boolean isGoing() {
    return state == State.WAITING || state == State.GOING;
  }
}
