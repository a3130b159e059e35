package dev.evergreen.language;

import dev.evergreen.engine.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The [Grammar] as JSON Schema (draft 2020-12), by which editors complete and check files as they
/// are written. What only the check can tell (types, ways, promises) is not in it.
final class Schema {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final List<Block> BLOCKS =
      Stream.concat(
              Stream.of(
                  Grammar.WORKFLOW,
                  Grammar.PROCESS,
                  Grammar.START,
                  StepGrammar.HANDLER,
                  StepGrammar.RETRY,
                  StepGrammar.RULE,
                  StepGrammar.FIELD,
                  Grammar.GOAL),
              StepGrammar.STEPS.stream())
          .toList();

  /// YAML reads `3` and `true` as a number and a boolean; here they may be texts.
  private static final List<String> SCALAR = List.of("string", "number", "boolean");

  private final Catalogue catalogue;

  private Schema(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  static String of(Catalogue catalogue) {
    return MAPPER.writeValueAsString(new Schema(catalogue).whole()) + "\n";
  }

  private Map<String, Object> whole() {
    var definitions = new LinkedHashMap<String, Object>();
    BLOCKS.forEach(block -> definitions.put(block.name(), block(block)));
    definitions.put("step", step());
    definitions.put("steps", Map.of("type", "array", "items", Map.of("$ref", "#/$defs/step")));
    definitions.put("fields", named(field()));
    var whole = new LinkedHashMap<String, Object>();
    whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    whole.put("title", "Evergreen workflow or process");
    whole.put("if", Map.of("required", List.of("workflow")));
    whole.put("then", reference(Grammar.WORKFLOW));
    whole.put("else", reference(Grammar.PROCESS));
    whole.put("$defs", definitions);
    return whole;
  }

  /// By its first key, so that an editor speaks only of the kind of step that is meant.
  private static Map<String, Object> step() {
    var firstKeys = new LinkedHashMap<String, Object>();
    StepGrammar.STEPS.forEach(
        kind -> firstKeys.put(kind.name(), Map.of("description", kind.meaning())));
    var step = new LinkedHashMap<String, Object>();
    step.put("type", "object");
    step.put("properties", firstKeys);
    step.put(
        "anyOf",
        StepGrammar.STEPS.stream().map(kind -> Map.of("required", List.of(kind.name()))).toList());
    step.put(
        "allOf",
        StepGrammar.STEPS.stream()
            .map(kind ->
                Map.of("if", Map.of("required", List.of(kind.name())), "then", reference(kind)))
            .toList());
    return step;
  }

  private Map<String, Object> block(Block block) {
    var properties = new LinkedHashMap<String, Object>();
    var patterns = new LinkedHashMap<String, Object>();
    for (var key : block.keys()) {
      var schema = new LinkedHashMap<>(form(key.form(), key));
      schema.put("description", key.meaning());
      if (key.open()) {
        patterns.put("^" + key.start(), schema);
      } else {
        properties.put(key.name(), schema);
      }
    }
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    schema.put("description", block.meaning());
    schema.put("properties", properties);
    if (!patterns.isEmpty()) {
      schema.put("patternProperties", patterns);
    }
    schema.put(
        "required",
        block.keys().stream().filter(Block.Key::required).map(Block.Key::name).toList());
    schema.put("additionalProperties", false);
    if (block.equals(StepGrammar.RUN)) {
      schema.put("allOf", catalogue.actions().stream().map(Schema::arguments).toList());
    }
    return schema;
  }

  private Map<String, Object> form(Form form, Block.Key key) {
    return switch (form) {
      case Form.Plain plain -> plain(plain, key);
      case Form.Word word -> Map.of("enum", words(word.words()));
      case Form.One one -> reference(one.block());
      case Form.Several several -> Map.of("type", "array", "items", reference(several.block()));
      case Form.Named named -> named(plain(named.value(), key));
      case Form.Either(Form.Word words, Form.Several several) ->
          Map.of(
              "anyOf",
              List.of(
                  Map.of("enum", words.words()),
                  Map.of(
                      "type",
                      "array",
                      "items",
                      Map.of(
                          "anyOf",
                          List.of(Map.of("enum", words.words()), reference(several.block()))))));
      case Form.Either(Form.Plain _, Form.Several several) ->
          Map.of(
              "anyOf",
              List.of(
                  Map.of("type", SCALAR),
                  Map.of(
                      "type",
                      "array",
                      "items",
                      Map.of(
                          "anyOf", List.of(Map.of("type", SCALAR), reference(several.block()))))));
      case Form.Either either ->
          Map.of("anyOf", List.of(form(either.left(), key), form(either.right(), key)));
    };
  }

  private Map<String, Object> plain(Form.Plain form, Block.Key key) {
    return switch (form) {
      case TEXT -> text(key);
      case NAME, WORKFLOW -> Map.of("type", "string", "pattern", "^[a-z][a-z0-9-]*$");
      case SPAN -> Map.of("type", "string", "pattern", "^" + Spans.SPAN.pattern() + "$");
      case TIMES -> Map.of("type", "string", "pattern", "^" + Spans.TIMES.pattern() + "$");
      case NUMBER -> Map.of("type", "number");
      case DATE -> Map.of("type", "string", "pattern", "^\\d{4}-\\d{2}-\\d{2}$");
      case MOMENT -> Map.of("type", "string", "pattern", "^=");
      case CONDITION -> Map.of("type", List.of("string", "boolean"));
      case ASSIGNEE -> Map.of("type", "string", "pattern", "^%s$".formatted(Assignees.PATTERN));
      case TEAMS ->
          oneOrMore(Map.of("type", "string", "pattern", "^team %s$".formatted(Assignees.KEY)));
      case TEXTS, WORKFLOWS -> oneOrMore(Map.of("type", SCALAR));
      case EVENT -> Map.of("enum", events());
      case EVENTS -> oneOrMore(Map.of("enum", events()));
      case ACTION -> Map.of("enum", catalogue.actions().stream().map(ActionType::name).toList());
      case VALUES -> named(Map.of("type", SCALAR));
      case NAMES -> named(Map.of("type", "string"));
      case TYPE -> Map.of("enum", TypeNames.WITH_OPTIONAL);
      case FIELDS -> Map.of("$ref", "#/$defs/fields");
      case STEPS -> Map.of("$ref", "#/$defs/steps");
    };
  }

  private Map<String, Object> text(Block.Key key) {
    return key.name().equals("about")
        ? Map.of("enum", catalogue.subjects())
        : Map.of("type", SCALAR);
  }

  private List<String> events() {
    return catalogue.events().stream().map(EventType::kind).toList();
  }

  private static Map<String, Object> field() {
    return Map.of(
        "anyOf",
        List.of(
            Map.of("enum", TypeNames.WITH_OPTIONAL),
            Map.of("type", "array", "items", Map.of("type", SCALAR)),
            reference(StepGrammar.FIELD)));
  }

  /// The arguments that one action takes.
  private static Map<String, Object> arguments(ActionType action) {
    var properties = new LinkedHashMap<String, Object>();
    var patterns = new LinkedHashMap<String, Object>();
    for (var input : action.inputs()) {
      if (input.isOpen()) {
        patterns.put(
            "^" + input.name().replace(".*", "\\."),
            Map.of("description", input.description(), "type", SCALAR));
        continue;
      }
      var schema = new LinkedHashMap<String, Object>();
      schema.put("description", input.description());
      schema.put("anyOf", List.of(Map.of("type", "string", "pattern", "^="), value(input.type())));
      properties.put(input.name(), schema);
    }
    var with = new LinkedHashMap<String, Object>();
    with.put("properties", properties);
    if (!patterns.isEmpty()) {
      with.put("patternProperties", patterns);
    }
    with.put(
        "required",
        action.inputs().stream().filter(Parameter::required).map(Parameter::name).toList());
    with.put("additionalProperties", false);
    var rule = new LinkedHashMap<String, Object>();
    rule.put("if", Map.of("properties", Map.of("run", Map.of("const", action.name()))));
    rule.put("then", Map.of("properties", Map.of("with", with)));
    return rule;
  }

  private static Map<String, Object> value(ValueType type) {
    return switch (type) {
      case ValueType.Text _, ValueType.Moment _ -> Map.of("type", SCALAR);
      case ValueType.Flag _ -> Map.of("type", "boolean");
      case ValueType.Whole _ -> Map.of("type", "integer");
      case ValueType.Decimal _ -> Map.of("type", "number");
      case ValueType.Choice choice -> Map.of("enum", words(choice.options()));
    };
  }

  private static List<Object> words(List<String> words) {
    var all = new ArrayList<Object>(words);
    Stream.of(true, false).filter(it -> words.contains(it.toString())).forEach(all::add);
    return all;
  }

  private static Map<String, Object> oneOrMore(Map<String, Object> one) {
    return Map.of("anyOf", List.of(one, Map.of("type", "array", "items", one)));
  }

  private static Map<String, Object> named(Map<String, Object> value) {
    return Map.of("type", "object", "additionalProperties", value);
  }

  private static Map<String, Object> reference(Block block) {
    return Map.of("$ref", "#/$defs/" + block.name());
  }
}
