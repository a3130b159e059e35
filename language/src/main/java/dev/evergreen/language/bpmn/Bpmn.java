package dev.evergreen.language.bpmn;

import dev.evergreen.engine.Definition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Workflows to and from BPMN 2.0.
///
/// | block | element |
/// |---|---|
/// | `do` | user task |
/// | `run` | service task |
/// | `ask` | send task, then receive task with a timer on its border |
/// | `decide` | exclusive gateway; its table is a business rule task |
/// | `together`, all | parallel gateway |
/// | `together`, any | subprocess in which each branch ends in a terminate event |
/// | `repeat` | exclusive gateways with a flow back |
/// | `wait` | timer event; for events an event-based gateway |
/// | `call` | call activity |
/// | `end` | terminate event; inside of a subprocess an escalation that leads to one |
/// | `on` | boundary events; of the whole workflow, event subprocesses |
public final class Bpmn {
  static final String MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  static final String INTERCHANGE = "http://www.omg.org/spec/BPMN/20100524/DI";
  static final String BOUNDS = "http://www.omg.org/spec/DD/20100524/DC";
  static final String POINTS = "http://www.omg.org/spec/DD/20100524/DI";
  static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
  static final String OURS = "https://evergreen.dev/bpmn/1";

  private Bpmn() {}

  /// The workflow as a model that BPMN tools open. Conditions stay in the language that they are
  /// written in, so the model is not executable elsewhere as it is.
  public static String write(Definition definition) {
    return ModelWriter.write(definition, Exporter.export(definition));
  }

  /// Reads a model. Never throws for what is in the text; what cannot be taken is an obstacle.
  public static Imported read(String xml) {
    return Importer.read(xml);
  }

  /// What a model came to.
  ///
  /// @param definition absent when there is an obstacle. Its conditions and values are texts that
  ///   nobody has checked or compiled yet: it is for showing and for writing as a file
  public record Imported(@Nullable Definition definition, List<Obstacle> obstacles) {
    public Imported {
      obstacles = List.copyOf(obstacles);
    }
  }

  /// Something in a model that a workflow cannot be made of.
  ///
  /// @param element of which kind, `inclusiveGateway` for example
  /// @param id of the element in the model; empty for the model as a whole
  public record Obstacle(String element, String id, String why, String remedy) {
    @Override
    public String toString() {
      return "%s%s: %s; %s".formatted(element, id.isEmpty() ? "" : " " + id, why, remedy);
    }
  }
}
