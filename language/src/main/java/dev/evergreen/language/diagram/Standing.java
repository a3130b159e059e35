package dev.evergreen.language.diagram;

/// How a run stands to one of its steps.
public enum Standing {
  DONE("done"),
  /// A person or an action is at work on it, or something inside it is open.
  CURRENT("now"),
  /// Nobody is at work; an event, an answer or a time is awaited.
  WAITING("waiting"),
  FAULT("stopped"),
  SKIPPED("skipped"),
  /// Was under way when something else made it needless, or failed and was handled.
  WITHDRAWN("withdrawn"),
  AHEAD("not reached");

  private final String words;

  Standing(String words) {
    this.words = words;
  }

  /// In a word or two, as people read it.
  public String words() {
    return words;
  }

  boolean isOpen() {
    return this == CURRENT || this == WAITING || this == FAULT;
  }
}
