package dev.evergreen.server.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Writes workflow files of every block that goes on without a customer, nested and with handlers,
/// from a seed. Conditions read nothing but run data, so that whoever knows what a run took in can
/// tell where it must end.
final class RandomFile {
  static final List<String> FLAGS = List.of("a", "b", "c");
  static final String CALLED = "random-called";

  /// What a run waits for at the longest.
  static final int MINUTES = 20;

  private static final List<String> CONDITIONS =
      List.of("a", "!b", "c", "a && !c", "b || c", "level == \"high\"");
  private static final int DEPTH = 3;

  private final RandomGenerator random;
  private final StringBuilder text = new StringBuilder();
  private int left;
  private int titles;

  private RandomFile(RandomGenerator random, int size) {
    this.random = random;
    left = size;
  }

  /// A workflow that a ticket starts whose subject is its title and a number.
  static String of(RandomGenerator random, String name, String title) {
    var file = new RandomFile(random, 8 + random.nextInt(10));
    file.head(name, title, "\n  - on: ticket.opened\n    when: ticket.subject.startsWith(\"%s \")");
    file.task("", true);
    file.pause("");
    file.steps("", DEPTH);
    return file.text.toString();
  }

  /// The workflow that the others call.
  static String called(RandomGenerator random) {
    var file = new RandomFile(random, 5);
    file.head(CALLED, "What others call", " by call");
    file.task("", true);
    file.steps("", 0);
    return file.text.toString();
  }

  @SuppressWarnings("AnnotateFormatMethod") // the start may name the title
  private void head(String name, String title, String start) {
    text.append(
        """
        workflow: %s
        title: %s
        process: support
        kind: service
        about: ticket
        purpose: A seed has thought of it.
        owner: support-operations
        review every: 90 days
        data:
          level: [low, high]
        start:%s
        steps:
        """
            .formatted(name, title, start.formatted(title)));
  }

  private void steps(String indent, int depth) {
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      step(indent, depth);
    }
  }

  private void step(String indent, int depth) {
    left--;
    switch (depth > 0 && left > 0 ? random.nextInt(11) : random.nextInt(5)) {
      case 0, 1 -> task(indent, false);
      case 2 -> pause(indent);
      case 3 -> action(indent);
      case 4 -> table(indent);
      case 5 -> call(indent, depth);
      case 6 -> decide(indent, depth);
      case 7 -> together(indent, depth);
      case 8 -> repeat(indent, depth);
      case 9 -> await(indent, depth);
      default -> watched(indent, depth);
    }
  }

  private void task(String indent, boolean asksAll) {
    line(indent, "- do: Look at it, %s", "" + ++titles, "  by: team frontline", "  within: 3 days");
    line(indent, "  form:", "");
    for (String flag : FLAGS) {
      if (asksAll || random.nextBoolean()) {
        line(indent, "    %s: boolean", flag);
      }
    }
    if (!asksAll) {
      line(indent, "    d_%s: optional boolean", "" + titles);
    }
  }

  private void pause(String indent) {
    line(indent, "- wait: %s", minutes(), "  title: Let time pass, " + ++titles);
  }

  private void action(String indent) {
    line(
        indent,
        "- run: ticket.update",
        "",
        "  title: Note how urgent it is, " + ++titles,
        "  with: {priority: %s}".formatted(random.nextBoolean() ? "high" : "low"));
  }

  private void table(String indent) {
    line(
        indent,
        "- decide: How high is it, %s",
        "" + ++titles,
        "  table:",
        "    - when: '%s'".formatted(condition()),
        "      set: {level: high}",
        "    - otherwise: {level: low}");
  }

  private void call(String indent, int depth) {
    line(indent, "- call: " + CALLED, "", "  title: Have others look at it, " + ++titles);
    handlers(indent, depth);
  }

  private void decide(String indent, int depth) {
    line(indent, "- decide: Which way, %s", "" + ++titles);
    line(indent, "  when %s:", condition());
    steps(indent + "    ", depth - 1);
    if (random.nextBoolean()) {
      line(indent, "  otherwise:", "");
      steps(indent + "    ", depth - 1);
    }
  }

  private void together(String indent, int depth) {
    line(
        indent,
        "- together: Do them side by side, %s",
        "" + ++titles,
        "  until: " + (random.nextInt(3) == 0 ? "any" : "all"));
    for (String branch : List.of("one", "two", "three").subList(0, 2 + random.nextInt(2))) {
      line(indent, "  branch %s:", branch);
      steps(indent + "    ", depth - 1);
    }
  }

  private void repeat(String indent, int depth) {
    line(
        indent,
        "- repeat: Go on with it, %s",
        "" + ++titles,
        "  at most: %d times".formatted(2 + random.nextInt(2)),
        "  until: '%s'".formatted(condition()),
        "  steps:");
    steps(indent + "    ", depth - 1);
  }

  private void await(String indent, int depth) {
    line(
        indent,
        "- wait: ticket.note-added",
        "",
        "  title: Wait for a note, " + ++titles,
        "  at most: " + minutes(),
        "  else:");
    steps(indent + "    ", depth - 1);
  }

  private void watched(String indent, int depth) {
    task(indent, false);
    handlers(indent, depth);
  }

  private void handlers(String indent, int depth) {
    line(
        indent,
        "  on:",
        "",
        "    - after: " + minutes(),
        "      alongside: " + random.nextBoolean(),
        "      steps:");
    steps(indent + "        ", depth - 1);
  }

  private String minutes() {
    return 1 + random.nextInt(MINUTES) + " minutes";
  }

  private String condition() {
    return CONDITIONS.get(random.nextInt(CONDITIONS.size()));
  }

  /// @param first a line, with `%s` in the place of `value` if there is one
  private void line(String indent, String first, String value, String... more) {
    var lines = new ArrayList<>(List.of(first.replace("%s", value)));
    lines.addAll(List.of(more));
    lines.forEach(line -> text.append(indent).append("  ").append(line).append('\n'));
  }
}
