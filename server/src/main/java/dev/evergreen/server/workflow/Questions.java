package dev.evergreen.server.workflow;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.ValueType;
import dev.evergreen.language.Asking;
import dev.evergreen.language.Call;
import dev.evergreen.server.platform.FirstTry;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.PassingFailure;
import dev.evergreen.server.platform.Savepoints;
import dev.evergreen.server.platform.Subject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Puts the questions of runs to customers, and makes inputs of what they answer.
@Component
final class Questions {
  private final Map<String, Asking> channels;
  private final Savepoints savepoints;

  Questions(ObjectProvider<Asking> channels, Savepoints savepoints) {
    this.channels =
        channels.stream().collect(Collectors.toMap(Asking::subjectKind, Function.identity()));
    this.savepoints = savepoints;
  }

  /// The kinds of events that may answer a question about such a subject.
  List<String> answers(Subject subject) {
    Asking channel = channels.get(subject.kind());
    return channel == null ? List.of() : channel.answers();
  }

  /// Why the question could not be asked, as the run's next input; null when it was.
  Input.@Nullable Failed ask(Effect.AskCustomer effect, RunId run, Subject subject, Instant at) {
    Asking channel = channels.get(subject.kind());
    if (channel == null) {
      return new Input.Failed(
          effect.activation(),
          "expected a way to ask the customer of a %s, but there is none"
              .formatted(subject.kind()));
    }
    var call =
        new Call(
            subject.kind(),
            subject.id(),
            run.value() + "/" + effect.activation() + "/" + effect.attempt(),
            at);
    String question = effect.step().question();
    try {
      if (FirstTry.isOn()) {
        channel.ask(question, call);
      } else {
        savepoints.within(() -> channel.ask(question, call));
      }
      return null;
    } catch (RuntimeException e) {
      if (FirstTry.isOn() || PassingFailure.is(e)) {
        throw e; // the input is taken again
      }
      return new Input.Failed(effect.activation(), String.valueOf(e.getMessage()));
    }
  }

  /// What an event says to a question: a value of its type, or else the words themselves.
  Input.Answered answer(int activation, AskStep step, Ledger.Entry entry) {
    Asking channel = channels.get(entry.subject().kind());
    String said = channel == null ? "" : channel.said(entry.data());
    return new Input.Answered(activation, read(step.type(), said));
  }

  private static Object read(ValueType type, String said) {
    if (type instanceof ValueType.Text) {
      return said;
    }
    String first =
        said.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("");
    String plain = first.replaceAll("[.!\\s]+$", "");
    if (type instanceof ValueType.Choice(List<String> options)) {
      String wanted = plain.toLowerCase(Locale.ROOT).replace(' ', '-');
      return options.stream()
          .filter(option -> option.toLowerCase(Locale.ROOT).equals(wanted))
          .findFirst()
          .orElse(first);
    }
    Object value = Forms.value(type, plain.toLowerCase(Locale.ROOT), ZoneOffset.UTC);
    return value == null ? first : value;
  }
}
