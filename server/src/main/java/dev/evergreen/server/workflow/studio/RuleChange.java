package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.Question;
import dev.evergreen.language.Question.Comparison;
import dev.evergreen.server.workflow.studio.Names.Name;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/// What the form of a decision table comes to: its cells as they were sent, and what one of its
/// buttons then does with rows and columns.
///
/// @param rules as the text says them
/// @param declared results that the workflow does not know yet, with their types
record RuleChange(List<Map<String, Object>> rules, Map<String, String> declared) {
  private static final int MOST = 100;

  /// Null when no table was sent.
  static @Nullable RuleChange of(MultiValueMap<String, String> sent, Names names) {
    return sent.containsKey("table.sent") ? new Reading(sent, names).read() : null;
  }

  /// A row while it is changed. Cells and results are by the names of their columns.
  private record Row(
      Map<String, String> cells,
      @Nullable String formula,
      Map<String, String> results,
      boolean otherwise) {}

  private static final class Reading {
    private final MultiValueMap<String, String> sent;
    private final Names names;
    private final List<String> conditions;
    private final List<String> results;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, String> declared = new LinkedHashMap<>();

    Reading(MultiValueMap<String, String> sent, Names names) {
      this.sent = sent;
      this.names = names;
      this.conditions = columns("when");
      this.results = columns("set");
      for (int i = 0; i < MOST && sent.containsKey("table." + i + ".row"); i++) {
        rows.add(row("table." + i + "."));
      }
    }

    RuleChange read() {
      addCondition(Typed.one(sent, "table.look"));
      addResult(Typed.one(sent, "table.result"), Typed.one(sent, "table.type"));
      String[] asked = Typed.one(sent, "table.do").split("\\.", 2);
      int number =
          asked.length == 2 && asked[1].matches("\\d{1,3}") ? Integer.parseInt(asked[1]) : -1;
      act(asked[0], number);
      return new RuleChange(rows.stream().map(this::rule).toList(), declared);
    }

    private List<String> columns(String kind) {
      var columns = new ArrayList<String>();
      for (int i = 0; i < MOST && sent.containsKey("table." + kind + "." + i); i++) {
        columns.add(Typed.one(sent, "table." + kind + "." + i));
      }
      return columns;
    }

    private Row row(String start) {
      var cells = new LinkedHashMap<String, String>();
      for (int i = 0; i < conditions.size(); i++) {
        cells.put(conditions.get(i), Typed.one(sent, start + "when." + i));
      }
      var set = new LinkedHashMap<String, String>();
      for (int i = 0; i < results.size(); i++) {
        set.put(results.get(i), Typed.one(sent, start + "set." + i));
      }
      return new Row(
          cells,
          sent.containsKey(start + "formula") ? Typed.one(sent, start + "formula") : null,
          set,
          Typed.one(sent, start + "row").equals("otherwise"));
    }

    /// A new column is of use only once a cell in it says something: the first row's does.
    private void addCondition(String name) {
      names
          .find(name)
          .filter(it -> !conditions.contains(name))
          .ifPresent(it -> {
            conditions.add(name);
            rows.stream()
                .filter(row -> !row.otherwise() && row.formula() == null)
                .findFirst()
                .ifPresent(row -> row.cells().put(name, Typed.example(it.type())));
          });
    }

    private void addResult(String words, String type) {
      if (words.isEmpty()) {
        return;
      }
      Name known = names.find(words).filter(it -> !it.name().contains(".")).orElse(null);
      String name = known == null ? AnswerRows.nameFor(words, Map.of()) : known.name();
      if (results.contains(name)) {
        return;
      }
      results.add(name);
      String first =
          known == null ? example(type) : written(Typed.example(known.type()), known.type());
      rows.forEach(row -> row.results().put(name, first));
      if (known == null && names.find(name).isEmpty()) {
        declared.put(name, List.of("boolean", "number", "decimal").contains(type) ? type : "text");
      }
    }

    private static String example(String type) {
      return switch (type) {
        case "boolean" -> "true";
        case "number", "decimal" -> "0";
        default -> "something";
      };
    }

    private void act(String what, int number) {
      switch (what) {
        case "add" -> rows.add(hasOtherwise() ? rows.size() - 1 : rows.size(), fresh(false));
        case "otherwise" -> {
          if (!hasOtherwise()) {
            rows.add(fresh(true));
          }
        }
        case "up" -> swap(number, number - 1);
        case "down" -> swap(number, number + 1);
        case "out" -> {
          if (rows.size() > 1 && number >= 0 && number < rows.size()) {
            rows.remove(number);
          }
        }
        case "unlook" -> {
          if (number >= 0 && number < conditions.size()) {
            String name = conditions.remove(number);
            rows.forEach(row -> row.cells().remove(name));
          }
        }
        case "unset" -> {
          if (results.size() > 1 && number >= 0 && number < results.size()) {
            String name = results.remove(number);
            rows.forEach(row -> row.results().remove(name));
          }
        }
        default -> {
          // Only the cells were changed.
        }
      }
    }

    private boolean hasOtherwise() {
      return !rows.isEmpty() && rows.getLast().otherwise();
    }

    private Row fresh(boolean otherwise) {
      var set = new LinkedHashMap<String, String>();
      for (String result : results) {
        ValueType type = names.find(result).map(Name::type).orElseGet(ValueType.Text::new);
        set.put(result, written(Typed.example(type), type));
      }
      return new Row(new LinkedHashMap<>(), null, set, otherwise);
    }

    /// What applies when nothing else does stays the last.
    private void swap(int one, int other) {
      if (one >= 0
          && other >= 0
          && one < rows.size()
          && other < rows.size()
          && !rows.get(one).otherwise()
          && !rows.get(other).otherwise()) {
        Collections.swap(rows, one, other);
      }
    }

    private Map<String, Object> rule(Row row) {
      var set = new LinkedHashMap<String, Object>();
      row.results()
          .forEach((name, value) -> {
            if (!value.isEmpty()) {
              ValueType type = names.find(name).map(Name::type).orElseGet(ValueType.Text::new);
              set.put(name, written(value, type));
            }
          });
      var rule = new LinkedHashMap<String, Object>();
      if (row.otherwise()) {
        rule.put("otherwise", set);
        return rule;
      }
      rule.put("when", row.formula() == null ? formula(row) : row.formula());
      rule.put("set", set);
      return rule;
    }

    private String formula(Row row) {
      var comparisons = new ArrayList<Comparison>();
      row.cells()
          .forEach((name, cell) -> {
            ValueType type = names.find(name).map(Name::type).orElseGet(() -> guessed(cell));
            Comparison comparison = Cell.read(name, cell, type);
            if (comparison != null) {
              comparisons.add(comparison);
            }
          });
      return new Question(false, comparisons).formula();
    }

    private static ValueType guessed(String cell) {
      return cell.matches("[<>= ]*-?\\d+") ? new ValueType.Whole() : new ValueType.Text();
    }

    private static String written(String value, ValueType type) {
      return type instanceof ValueType.Flag && (value.equals("yes") || value.equals("no"))
          ? String.valueOf(value.equals("yes"))
          : value;
    }
  }
}
