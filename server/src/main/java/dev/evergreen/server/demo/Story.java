package dev.evergreen.server.demo;

import dev.evergreen.server.channel.Letter;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.TicketId;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One request from its first mail to its end: what was drawn for it, and how far it has come. Its
/// randomness is its own, so that stories which are played at the same time do not change each
/// other.
final class Story {
  /// @param channel `email`, or `phone` and `chat`, which an agent opens by hand
  record Plan(
      int number,
      Instant opensAt,
      DemoCustomer customer,
      Scenario scenario,
      Temper temper,
      String channel) {}

  private final Plan plan;
  private final RandomGenerator random;
  private final Words words;
  private @Nullable TicketId ticket;
  private @Nullable Agent agent;
  private @Nullable Letter lastLetter;
  private int answers;
  private boolean detailsAsked;
  private boolean saysSolved;
  private boolean returned;

  Story(Plan plan, long seed) {
    this.plan = plan;
    random = new SplittableRandom(seed * 1_000_003 + plan.number());
    words = new Words(plan, random);
  }

  Plan plan() {
    return plan;
  }

  RandomGenerator random() {
    return random;
  }

  Words words() {
    return words;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /// Stories of one company, or of one person, happen one after another: they share rows.
  int thread(int threads) {
    var customer = plan.customer();
    return Math.floorMod(
        (customer.company() == null ? customer.name() : customer.company()).hashCode(), threads);
  }

  TicketId ticket() {
    if (ticket == null) {
      throw new IllegalStateException(
          "expected story " + plan.number() + " to have a ticket, but it was never opened");
    }
    return ticket;
  }

  void became(TicketId opened) {
    ticket = opened;
  }

  Agent agent() {
    if (agent == null) {
      throw new IllegalStateException(
          "expected somebody to have read story " + plan.number() + ", but nobody has");
    }
    return agent;
  }

  void takenBy(Agent reader) {
    agent = reader;
  }

  boolean isTaken() {
    return agent != null;
  }

  /// What the customer would answer to.
  @Nullable Letter lastLetter() {
    return lastLetter;
  }

  void received(Letter letter) {
    lastLetter = letter;
  }

  int answers() {
    return answers;
  }

  void answered() {
    answers++;
  }

  boolean lacksDetails() {
    return plan.scenario().lacksDetails() && !detailsAsked;
  }

  void askedForDetails() {
    detailsAsked = true;
  }

  boolean saysSolved() {
    return saysSolved;
  }

  void says(boolean solved) {
    saysSolved = solved;
  }

  boolean isHappy() {
    return answers >= plan.temper().answersNeeded();
  }

  /// True the first time for a customer who comes back.
  boolean comesBack() {
    var comes = plan.temper() == Temper.RETURNING && !returned;
    returned |= comes;
    return comes;
  }
}
