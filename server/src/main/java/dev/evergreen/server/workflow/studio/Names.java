package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.ActionType;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.FactType;
import dev.evergreen.language.Parameter;
import dev.evergreen.language.WorkflowText;
import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.server.workflow.studio.StepForm.Answer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the conditions and values of one workflow can read, with what people call it.
public record Names(List<Name> all) {
  private static final String OWN = "In this workflow";

  public Names {
    all = List.copyOf(all);
  }

  /// @param name as formulas say it: `ticket.priority`
  /// @param group what it stands under: `Ticket`
  public record Name(String name, String title, String group, ValueType type) {
    static Name of(String group, String prefix, Parameter parameter) {
      return new Name(
          prefix + parameter.name(),
          Heads.words(parameter.name()),
          capital(group),
          parameter.type());
    }
  }

  /// The facts that a run can read, and what its own steps fill in and work out.
  static Names of(WorkflowText text, Catalogue catalogue) {
    String about = StepSketch.text(text.head().get("about"));
    var names = new LinkedHashMap<String, Name>();
    for (Part part : text.parts()) {
      switch (part.kind()) {
        case "do" -> fields(part.values().get("form"), names);
        case "ask" -> fields(part.values().get("into"), names);
        case "run" ->
            catalogue.action(StepSketch.text(part, "run")).stream()
                .map(ActionType::outcome)
                .flatMap(List::stream)
                .forEach(it -> names.putIfAbsent(it.name(), Name.of(OWN, "", it)));
        default -> {
          // Sets only what is declared.
        }
      }
    }
    fields(text.head().get("inputs"), names);
    fields(text.head().get("data"), names);
    Stream<Name> facts =
        catalogue.facts().stream()
            .filter(fact -> fact.about().equals(about))
            .flatMap(Names::fields);
    return new Names(Stream.concat(names.values().stream(), facts).toList());
  }

  /// These, and what one of several events says.
  Names with(List<String> events, Catalogue catalogue) {
    Stream<Name> said =
        events.stream()
            .flatMap(event -> catalogue.event(event).stream())
            .flatMap(event -> event.data().stream())
            .map(data -> Name.of("What happened", "event.", data))
            .distinct();
    return new Names(Stream.concat(said, all.stream()).toList());
  }

  Optional<Name> find(String name) {
    return all.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /// What this workflow itself sets, without what it reads of others.
  List<Name> own() {
    return all.stream().filter(it -> it.group().equals(OWN)).toList();
  }

  private static Stream<Name> fields(FactType fact) {
    return fact.fields().stream().map(field -> Name.of(fact.name(), fact.name() + ".", field));
  }

  private static void fields(@Nullable Object form, Map<String, Name> names) {
    if (form instanceof Map<?, ?> fields) {
      fields.forEach((key, value) -> {
        Answer answer = AnswerRows.read(key.toString(), value);
        String title = answer.label().isEmpty() ? Heads.words(answer.name()) : answer.label();
        names.putIfAbsent(answer.name(), new Name(answer.name(), title, OWN, type(answer)));
      });
    }
  }

  private static ValueType type(Answer answer) {
    return switch (answer.type()) {
      case "boolean" -> new ValueType.Flag();
      case "number" -> new ValueType.Whole();
      case "decimal" -> new ValueType.Decimal();
      case "moment" -> new ValueType.Moment();
      case "choice" ->
          new ValueType.Choice(
              Arrays.stream(answer.choices().split(","))
                  .map(String::strip)
                  .filter(it -> !it.isEmpty())
                  .toList());
      default -> new ValueType.Text();
    };
  }

  static String capital(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
