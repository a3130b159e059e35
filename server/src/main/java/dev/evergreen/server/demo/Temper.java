package dev.evergreen.server.demo;

import java.util.random.RandomGenerator;

/// How a customer behaves once an answer has arrived.
enum Temper {
  /// Writes back that it helped.
  GRATEFUL(46),
  /// Says nothing until asked, then follows the link and says yes.
  BRIEF(20),
  /// Says nothing at all.
  SILENT(13),
  /// Says nothing until asked, then follows the link and says no.
  DISAPPOINTED(3),
  /// Writes back that it did not help, and is grateful for the second answer.
  PERSISTENT(13),
  /// Is not content with three answers.
  UNYIELDING(1),
  /// Comes back after the ticket was closed.
  RETURNING(4);

  private final int weight;

  Temper(int weight) {
    this.weight = weight;
  }

  static Temper any(RandomGenerator random) {
    var left = random.nextInt(100);
    for (var temper : values()) {
      left -= temper.weight;
      if (left < 0) {
        return temper;
      }
    }
    throw new IllegalStateException("expected weights of one hundred, but " + left + " is left");
  }

  /// How many answers it takes until this customer says that it is solved.
  int answersNeeded() {
    return switch (this) {
      case GRATEFUL, BRIEF, SILENT, RETURNING -> 1;
      case DISAPPOINTED, PERSISTENT -> 2;
      case UNYIELDING -> 4;
    };
  }
}
