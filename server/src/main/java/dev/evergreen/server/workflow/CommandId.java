package dev.evergreen.server.workflow;

import java.util.UUID;

/// Names one command of one person, so that the same command given again is known: what came of it
/// the first time is the answer, and it is not done a second time. Whoever gives the command makes
/// the id up, and keeps it for as long as they do not know what came of it.
public record CommandId(String value) {
  private static final int LONGEST = 100;

  public CommandId {
    if (value.isBlank() || value.length() > LONGEST) {
      throw new IllegalArgumentException(
          "expected an id of 1 to %d characters, but found “%s”".formatted(LONGEST, value));
    }
  }

  /// That of a command which nobody can give again.
  public static CommandId fresh() {
    return new CommandId(UUID.randomUUID().toString());
  }

  /// What a form says of itself (`ui/once`); a fresh one when it says nothing that could be one.
  public static CommandId ofForm(String said) {
    return said.isBlank() || said.length() > LONGEST ? fresh() : new CommandId(said);
  }
}
