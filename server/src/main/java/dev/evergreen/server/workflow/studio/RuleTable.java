package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.Question;
import dev.evergreen.language.Question.Comparison;
import dev.evergreen.server.workflow.studio.Names.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A decision table as people read it: a column for each thing that is looked at, one for each that
/// is set, a row for each rule. A cell says what its column must be: `high`, `low, normal`, `not
/// high`, `> 5`; an empty one does not mind.
///
/// @param conditions what is looked at
/// @param results what is set
/// @param names what could be looked at in another column
public record RuleTable(
    List<Column> conditions, List<Column> results, List<Row> rows, List<Name> names) {
  public RuleTable {
    conditions = List.copyOf(conditions);
    results = List.copyOf(results);
    rows = List.copyOf(rows);
    names = List.copyOf(names);
  }

  public record Column(String name, String title, ValueType type) {
    public List<String> options() {
      return Typed.options(type);
    }
  }

  /// @param cells one for each condition
  /// @param formula instead of cells, for a rule that they cannot say; else null
  /// @param results one for each result
  /// @param otherwise whether it applies when no other does
  public record Row(
      List<String> cells, @Nullable String formula, List<String> results, boolean otherwise) {
    public Row {
      cells = List.copyOf(cells);
      results = List.copyOf(results);
    }
  }

  /// @param table what stands under `table`
  static RuleTable of(@Nullable Object table, Names names) {
    List<Rule> rules = rules(table);
    var looked = new LinkedHashSet<String>();
    var set = new LinkedHashSet<String>();
    for (Rule rule : rules) {
      rule.cells().ifPresent(cells -> cells.forEach(cell -> looked.add(cell.name())));
      set.addAll(rule.set().keySet());
    }
    List<Column> conditions = looked.stream().map(name -> column(name, rules, names)).toList();
    List<Column> results = set.stream().map(name -> column(name, List.of(), names)).toList();
    return new RuleTable(
        conditions,
        results,
        rules.stream().map(rule -> row(rule, conditions, results)).toList(),
        names.all().stream().filter(name -> !looked.contains(name.name())).toList());
  }

  /// One rule as the text has it.
  private record Rule(String when, Map<String, String> set, boolean otherwise) {

    /// What it compares, when a cell for each can say it.
    Optional<List<Comparison>> cells() {
      return Question.of(when)
          .filter(it -> !it.any() || it.comparisons().size() < 2)
          .map(Question::comparisons)
          .filter(it -> it.stream().map(Comparison::name).distinct().count() == it.size())
          .filter(it ->
              it.stream()
                  .allMatch(cell ->
                      cell.equals(Cell.read(cell.name(), Cell.write(cell), Typed.typeOf(cell)))));
    }
  }

  private static List<Rule> rules(@Nullable Object table) {
    var rules = new ArrayList<Rule>();
    if (table instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> map) {
          boolean otherwise = map.containsKey("otherwise");
          rules.add(
              new Rule(
                  StepSketch.text(map.get("when")),
                  texts(map.get(otherwise ? "otherwise" : "set")),
                  otherwise));
        }
      }
    }
    return rules;
  }

  private static Map<String, String> texts(@Nullable Object map) {
    var texts = new LinkedHashMap<String, String>();
    if (map instanceof Map<?, ?> values) {
      values.forEach((key, value) -> texts.put(key.toString(), StepSketch.text(value)));
    }
    return texts;
  }

  private static Column column(String name, List<Rule> rules, Names names) {
    return names
        .find(name)
        .map(it -> new Column(name, title(it), it.type()))
        .orElseGet(() ->
            new Column(
                name,
                Names.capital(Heads.words(name).replace('.', ' ')),
                rules.stream()
                    .flatMap(rule -> rule.cells().stream().flatMap(List::stream))
                    .filter(cell -> cell.name().equals(name))
                    .findFirst()
                    .map(Typed::typeOf)
                    .orElse(new ValueType.Text())));
  }

  private static String title(Name name) {
    return name.name().contains(".")
        ? name.group() + " " + name.title()
        : Names.capital(name.title());
  }

  private static Row row(Rule rule, List<Column> conditions, List<Column> results) {
    Optional<List<Comparison>> compared = rule.cells();
    return new Row(
        conditions.stream()
            .map(column ->
                compared.stream()
                    .flatMap(List::stream)
                    .filter(cell -> cell.name().equals(column.name()))
                    .findFirst()
                    .map(Cell::write)
                    .orElse(""))
            .toList(),
        compared.isPresent() ? null : rule.when(),
        results.stream()
            .map(column -> shown(rule.set().getOrDefault(column.name(), ""), column.type()))
            .toList(),
        rule.otherwise());
  }

  private static String shown(String value, ValueType type) {
    return type instanceof ValueType.Flag && value.matches("true|false")
        ? value.equals("true") ? "yes" : "no"
        : value;
  }
}
