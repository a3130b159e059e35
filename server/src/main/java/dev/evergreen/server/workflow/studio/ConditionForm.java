package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.Question;
import dev.evergreen.language.Question.Comparison;
import dev.evergreen.language.Question.Test;
import dev.evergreen.server.workflow.studio.Names.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/// A condition as rows of a form: what, how compared, with what. One that has another shape is
/// shown as its formula.
///
/// @param start what its parameters begin with
/// @param any whether one row is enough
/// @param formula null unless rows cannot say it
/// @param names what can be asked about
public record ConditionForm(
    String start, boolean any, List<Row> rows, @Nullable String formula, List<Name> names) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
  private static final int MOST_ROWS = 50;

  public ConditionForm {
    rows = List.copyOf(rows);
    names = List.copyOf(names);
  }

  /// @param value as it is typed or chosen; several with commas
  public record Row(String name, Test test, String value, ValueType type) {
    public boolean isFlag() {
      return type instanceof ValueType.Flag;
    }

    public boolean takesValue() {
      return test != Test.KNOWN && test != Test.UNKNOWN;
    }

    public List<String> options() {
      return Typed.options(type);
    }

    /// Whether one of the options is chosen, and not written.
    public boolean isChosen() {
      return (test == Test.IS || test == Test.IS_NOT) && options().contains(value);
    }

    public List<Test> tests() {
      return switch (type) {
        case ValueType.Flag _ -> List.of(Test.IS);
        case ValueType.Whole _, ValueType.Decimal _, ValueType.Moment _ ->
            List.of(Test.IS, Test.IS_NOT, Test.ABOVE, Test.AT_LEAST, Test.BELOW, Test.AT_MOST);
        case ValueType.Choice _ ->
            List.of(Test.IS, Test.IS_NOT, Test.ONE_OF, Test.NONE_OF, Test.KNOWN, Test.UNKNOWN);
        case ValueType.Text _ ->
            List.of(Test.IS, Test.IS_NOT, Test.KNOWN, Test.UNKNOWN, Test.ONE_OF, Test.NONE_OF);
      };
    }
  }

  static ConditionForm of(String start, String formula, Names names) {
    Optional<Question> question = Question.of(formula);
    return question
        .map(it ->
            new ConditionForm(
                start,
                it.any(),
                it.comparisons().stream().map(comparison -> row(comparison, names)).toList(),
                null,
                names.all()))
        .orElseGet(() -> new ConditionForm(start, false, List.of(), formula, names.all()));
  }

  private static Row row(Comparison comparison, Names names) {
    ValueType type =
        names.find(comparison.name()).map(Name::type).orElseGet(() -> Typed.typeOf(comparison));
    return new Row(comparison.name(), comparison.test(), Typed.text(comparison.values()), type);
  }

  /// What was sent, as a formula; empty for no condition at all, null when nothing was sent.
  static @Nullable String read(String start, MultiValueMap<String, String> sent, Names names) {
    if (sent.containsKey(start + ".formula")) {
      return Typed.one(sent, start + ".formula");
    }
    if (!sent.containsKey(start + ".sent")) {
      return null;
    }
    var comparisons = new ArrayList<Comparison>();
    for (int i = 0; i < MOST_ROWS && sent.containsKey(start + "." + i + ".name"); i++) {
      String row = start + "." + i;
      String name = Typed.one(sent, row + ".name");
      if (NAME.matcher(name).matches()) {
        comparisons.add(comparison(row, name, sent, names));
      }
    }
    boolean any = Typed.one(sent, start + ".join").equals("any");
    return comparisons.isEmpty() ? "" : new Question(any, comparisons).formula();
  }

  /// What does not fit together yet, as right after another name was chosen, begins anew.
  private static Comparison comparison(
      String row, String name, MultiValueMap<String, String> sent, Names names) {
    String value = Typed.one(sent, row + ".value");
    ValueType type =
        names
            .find(name)
            .map(Name::type)
            .orElseGet(() ->
                Typed.one(sent, row + ".type").equals("number")
                    ? new ValueType.Whole()
                    : new ValueType.Text());
    Test test = test(Typed.one(sent, row + ".is"));
    if (!new Row(name, test, value, type).tests().contains(test)) {
      test = Test.IS;
    }
    return switch (test) {
      case KNOWN, UNKNOWN -> Comparison.of(name, test);
      case ONE_OF, NONE_OF -> Typed.among(name, test, value, type);
      default -> Typed.single(name, test, value, type);
    };
  }

  private static Test test(String name) {
    for (Test test : Test.values()) {
      if (test.name().equals(name)) {
        return test;
      }
    }
    return Test.IS;
  }
}
