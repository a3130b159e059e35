package dev.evergreen.server.workflow.recorded;

import dev.evergreen.engine.BusinessHours;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Engine;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Facts;
import dev.evergreen.engine.Run;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.EventJson;
import dev.evergreen.language.ValuesJson;
import dev.evergreen.language.WorkflowFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// One run from its start to its end: the texts that it followed, what its conditions could read,
/// and for each input when it came, what happened because of it and, now and then, the state
/// afterwards. Kept as a file of JSON, with a line for each input.
///
/// @param texts the workflow file, and others that the run was moved to, by number from 0
record Recording(String name, List<String> texts, Map<String, Object> facts, List<Taken> inputs) {
  /// What every recorded run reckons with: Monday to Friday from 9 to 17.
  static final BusinessHours HOURS =
      BusinessHours.mondayToFriday(ZoneOffset.UTC, LocalTime.of(9, 0), LocalTime.of(17, 0));

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  Recording {
    texts = List.copyOf(texts);
    facts = Map.copyOf(facts);
    inputs = List.copyOf(inputs);
  }

  /// An input, as JSON, and what came of it.
  ///
  /// @param events as JSON, as the ledger keeps them
  /// @param state as the database keeps it; null where it was not kept
  record Taken(Instant at, Map<String, Object> input, List<String> events, @Nullable String state) {
    Taken {
      input = Map.copyOf(input);
      events = List.copyOf(events);
    }

    List<Event> happened() {
      return events.stream().map(EventJson::read).toList();
    }
  }

  /// The definitions of its texts, the later ones as later versions.
  List<Definition> definitions() {
    var definitions = new ArrayList<Definition>();
    for (String text : texts) {
      definitions.add(definition(text));
    }
    return definitions;
  }

  static Definition definition(String text) {
    var checked = WorkflowFiles.read("recorded.yaml", text, Catalogue.load());
    if (checked.workflow() == null) {
      throw new IllegalStateException(
          "expected a workflow that this build can read, but: " + checked.findings());
    }
    return checked.workflow().definition();
  }

  Engine.Surroundings surroundings(Taken taken) {
    return new Engine.Surroundings(new Facts(facts), HOURS, taken.at());
  }

  /// The run after all that happened up to an input.
  Run replayed(int inputs) {
    Run run = Run.fresh();
    for (Taken taken : this.inputs.subList(0, inputs)) {
      run = run.apply(taken.happened());
    }
    return run;
  }

  void write(Path folder) {
    var lines = new ArrayList<String>();
    var head = new LinkedHashMap<String, Object>();
    head.put("name", name);
    head.put("facts", MAPPER.readValue(ValuesJson.write(facts), Map.class));
    head.put("texts", texts);
    lines.add(MAPPER.writeValueAsString(head));
    for (Taken taken : inputs) {
      var line = new LinkedHashMap<String, Object>();
      line.put("at", taken.at().toString());
      line.put("input", MAPPER.readValue(ValuesJson.write(taken.input()), Map.class));
      line.put("events", taken.events().stream().map(Recording::tree).toList());
      if (taken.state() != null) {
        line.put("state", tree(taken.state()));
      }
      lines.add(MAPPER.writeValueAsString(line));
    }
    try {
      Files.write(folder.resolve(name + ".jsonl"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Recording read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      Map<?, ?> head = MAPPER.readValue(lines.getFirst(), Map.class);
      return new Recording(
          String.valueOf(head.get("name")),
          ((List<?>) expected(head, "texts")).stream().map(String::valueOf).toList(),
          ValuesJson.read(json(expected(head, "facts"))),
          lines.stream().skip(1).map(Recording::taken).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Taken taken(String line) {
    Map<?, ?> tree = MAPPER.readValue(line, Map.class);
    Object state = tree.get("state");
    return new Taken(
        Instant.parse((String) expected(tree, "at")),
        ValuesJson.read(json(expected(tree, "input"))),
        ((List<?>) expected(tree, "events")).stream().map(Recording::json).toList(),
        state == null ? null : json(state));
  }

  private static Object expected(Map<?, ?> tree, String key) {
    Object value = tree.get(key);
    if (value == null) {
      throw new IllegalStateException("expected `%s`, but found %s".formatted(key, tree));
    }
    return value;
  }

  private static Object tree(String json) {
    return MAPPER.readValue(json, Object.class);
  }

  private static String json(Object tree) {
    return MAPPER.writeValueAsString(tree);
  }
}
