package dev.evergreen.server.workflow.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.Run;
import dev.evergreen.engine.testing.TestEngine;
import dev.evergreen.language.RunJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// One run of a shipped workflow, told from outside: who does what, what happens, how time passes,
/// and what the product does by itself. Actions succeed at once, as they do in our own database.
final class Story {
  private static final List<String> TELLING =
      List.of("template", "outcome", "team", "solution", "priority");

  private final TestEngine engine;
  private final Map<String, Object> ticket =
      new HashMap<>(Map.of("status", "open", "priority", "normal", "team", "frontline"));
  private final List<String> performed = new ArrayList<>();
  private final Set<String> broken = new HashSet<>();
  private int told;

  Story(Definition definition) {
    engine = new TestEngine(definition);
  }

  /// What conditions read of the ticket from now on.
  Story ticketHas(String field, Object value) {
    ticket.put(field, value);
    return this;
  }

  /// From now on the product cannot do this: `ticket.assign`.
  Story cannot(String action) {
    broken.add(action);
    return this;
  }

  Story starts() {
    know();
    engine.start();
    return act();
  }

  /// A person does the open task of that title.
  ///
  /// @param by a team's key, or `responsible`
  /// @param answers names and values in turn
  Story does(String by, String title, Object... answers) {
    var task =
        engine.tasks().values().stream()
            .filter(it -> it.step().title().equals(title))
            .findFirst()
            .orElseThrow(() ->
                new AssertionError("expected a task “%s”, but found %s".formatted(title, open())));
    assertThat(who(task.step())).as("who is asked to “%s”", title).isEqualTo(by);
    know();
    var filled = new HashMap<String, Object>();
    for (int i = 0; i < answers.length; i += 2) {
      filled.put((String) answers[i], answers[i + 1]);
    }
    engine.take(
        new Input.TaskCompleted(task.activation(), new DoStep.Answers(filled, proof(task)), "ada"));
    return act();
  }

  /// The product has done this by itself since the last such line, and nothing else.
  Story product(String... actions) {
    assertThat(performed.subList(told, performed.size())).containsExactly(actions);
    told = performed.size();
    return this;
  }

  Story happens(String event, Object... data) {
    know();
    var values = new HashMap<String, Object>();
    for (int i = 0; i < data.length; i += 2) {
      values.put((String) data[i], data[i + 1]);
    }
    engine.arrive(event, values);
    return act();
  }

  Story passes(Duration time) {
    var end = engine.now().plus(time);
    while (engine.timers().values().stream().anyMatch(timer -> !timer.at().isAfter(end))) {
      know();
      engine.moveTo(
          engine.timers().values().stream()
              .map(Effect.SetTimer::at)
              .min(Comparator.naturalOrder())
              .filter(at -> at.isAfter(engine.now()))
              .orElse(engine.now()));
      act();
    }
    engine.moveTo(end);
    return act();
  }

  Story days(int days) {
    return passes(Duration.ofDays(days));
  }

  /// The customer answers what they were asked.
  Story answers(Object answer) {
    know();
    engine.answer(answer);
    return act();
  }

  /// The called workflow comes to its end.
  Story called(String workflow, String outcome) {
    assertThat(engine.calls().values()).extracting(Effect.StartRun::workflow).contains(workflow);
    know();
    engine.finishCall(outcome, Map.of());
    return act();
  }

  /// The moment so long from now, as people fill it in.
  Instant in(Duration time) {
    return engine.now().plus(time);
  }

  /// These tasks are open, in the order in which they were.
  Story waitsFor(String... titles) {
    assertThat(open()).containsExactly(titles);
    return this;
  }

  void ends(String outcome) {
    assertThat(engine.run().status()).as("open: %s", open()).isEqualTo(Run.Status.ENDED);
    assertThat(engine.run().outcome()).isEqualTo(outcome);
    assertThat(performed.subList(told, performed.size())).as("done by the product").isEmpty();
    assertThat(RunJson.read(RunJson.write(engine.run()))).isEqualTo(engine.run());
  }

  List<Event> history() {
    return engine.history();
  }

  private List<String> open() {
    return engine.tasks().values().stream().map(task -> task.step().title()).toList();
  }

  private static String proof(Effect.OpenTask task) {
    return task.step().evidence() ? "note 1" : "";
  }

  private static String who(DoStep step) {
    return switch (step.by()) {
      case DoStep.Assignee.Team team -> team.key();
      case DoStep.Assignee.Queue queue -> queue.key();
      case DoStep.Assignee.Responsible _ -> "responsible";
      case DoStep.Assignee.Person person -> person.id();
    };
  }

  private Story act() {
    while (!engine.actions().isEmpty()) {
      var action = engine.actions().firstEntry().getValue();
      if (broken.contains(action.action())) {
        engine.fail("expected it to work, but found it broken");
      } else {
        perform(action);
        know();
        engine.succeed(Map.of());
      }
    }
    return this;
  }

  private void perform(Effect.PerformAction action) {
    var arguments = action.arguments();
    switch (action.action()) {
      case "ticket.close" -> ticket.put("status", "closed");
      case "ticket.update", "ticket.assign" -> ticket.putAll(arguments);
      default -> {
        // Nothing that a workflow reads.
      }
    }
    performed.add(
        Stream.concat(
                Stream.of(action.action()),
                TELLING.stream().filter(arguments::containsKey).map(it -> "" + arguments.get(it)))
            .reduce((one, other) -> one + " " + other)
            .orElseThrow());
  }

  private void know() {
    engine.know(Map.of("ticket", Map.copyOf(ticket), "now", engine.now()));
  }
}
