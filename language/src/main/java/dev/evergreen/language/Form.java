package dev.evergreen.language;

import java.util.List;

/// What may stand under a key. Messages, the schema for editors and the reference page all say it
/// from here.
sealed interface Form {
  enum Plain implements Form {
    TEXT("a text"),
    NAME("a name: small letters, digits and `-`"),
    TEAMS("a list of teams, each `team` and its key"),
    SPAN("a length of time: `30 minutes`, `4 business hours`, `3 days`"),
    TIMES("a number of times: `3 times`"),
    NUMBER("a number"),
    DATE("a date: `2026-03-31`"),
    CONDITION("a condition"),
    TEXTS("a list of texts"),
    EVENTS("an event, or a list of events"),
    EVENT("an event"),
    ACTION("an action"),
    WORKFLOW("the name of a workflow"),
    WORKFLOWS("a list of names of workflows"),
    ASSIGNEE("`team` and its key, `queue` and its key, or `responsible`"),
    VALUES("names with values"),
    NAMES("names with names"),
    FIELDS("names with types"),
    TYPE(Wording.list(TypeNames.ALL) + ", each also with `optional` before it"),
    MOMENT("`=` and the name of a moment"),
    STEPS("a list of steps");

    private final String words;

    Plain(String words) {
      this.words = words;
    }
  }

  /// One of a few fixed words.
  record Word(List<String> words) implements Form {
    public Word {
      words = List.copyOf(words);
    }
  }

  record One(Block block) implements Form {}

  record Several(Block block) implements Form {}

  /// Names of the author's choice, each with a value.
  record Named(String names, Plain value) implements Form {}

  record Either(Form left, Form right) implements Form {}

  default String inWords() {
    return switch (this) {
      case Plain plain -> plain.words;
      case Word word -> Wording.list(word.words());
      case One one -> one.block().what();
      case Several several -> "a list; each is " + several.block().what();
      case Named named -> named.names() + ", each with " + named.value().words;
      case Either either -> either.left().inWords() + "; or " + either.right().inWords();
    };
  }
}
