package dev.evergreen.language.bpmn;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.language.Assignees;
import dev.evergreen.language.Spans;
import dev.evergreen.language.bpmn.Fragment.Flow;
import dev.evergreen.language.bpmn.Fragment.Point;
import dev.evergreen.language.bpmn.Node.Cause;
import dev.evergreen.language.bpmn.Node.Kind;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes a model with its drawing, in the order of elements that the schema of BPMN asks for.
final class ModelWriter {
  private final Xml xml = new Xml();
  private final Details details = new Details(xml);
  private final IdentityHashMap<Flow, String> flowIds = new IdentityHashMap<>();
  private final Map<String, String> messages = new TreeMap<>();
  private final Map<String, String> escalations = new TreeMap<>();

  private ModelWriter() {}

  static String write(Definition definition, Fragment process) {
    return new ModelWriter().whole(definition, process);
  }

  private String whole(Definition definition, Fragment process) {
    collect(process);
    xml.open("bpmn:definitions")
        .with("xmlns:bpmn", Bpmn.MODEL)
        .with("xmlns:bpmndi", Bpmn.INTERCHANGE)
        .with("xmlns:dc", Bpmn.BOUNDS)
        .with("xmlns:di", Bpmn.POINTS)
        .with("xmlns:xsi", Bpmn.INSTANCE)
        .with("xmlns:evergreen", Bpmn.OURS)
        .with("id", "definitions")
        .with("targetNamespace", Bpmn.OURS)
        .with("expressionLanguage", "https://cel.dev")
        .with("exporter", "Evergreen");
    messages.forEach(
        (event, id) -> xml.open("bpmn:message").with("id", id).with("name", event).close());
    escalations.forEach((code, id) ->
        xml.open("bpmn:escalation")
            .with("id", id)
            .with("name", code)
            .with("escalationCode", code)
            .close());
    xml.open("bpmn:process")
        .with("id", definition.name())
        .with("name", definition.title())
        .with("isExecutable", false);
    xml.open("bpmn:extensionElements");
    details.head(definition);
    xml.close();
    content(process);
    xml.close();
    drawing(definition, process);
    return xml.close().toString();
  }

  private void collect(Fragment fragment) {
    for (Flow flow : fragment.flows()) {
      flowIds.put(flow, "flow_" + (flowIds.size() + 1));
    }
    for (Node node : fragment.nodes()) {
      if (node.kind() instanceof Kind.Occurrence event) {
        switch (event.cause()) {
          case Cause.Message(var events) ->
              events.forEach(
                  name -> messages.putIfAbsent(name, "message_" + (messages.size() + 1)));
          case Cause.Escalation(var code) ->
              escalations.putIfAbsent(code, "escalation_" + (escalations.size() + 1));
          case Cause.Nothing _, Cause.Timer _, Cause.Failure _, Cause.Terminate _ -> {
            // Declared where they happen.
          }
        }
      }
      if (node.kind() instanceof Kind.SubProcess sub) {
        collect(sub.inside());
      }
    }
  }

  private void content(Fragment fragment) {
    for (Node node : fragment.nodes()) {
      node(node, fragment.flows());
    }
    for (Flow flow : fragment.flows()) {
      xml.open("bpmn:sequenceFlow")
          .with("id", flowIds.get(flow))
          .with("name", flow.name().isEmpty() ? null : flow.name())
          .with("sourceRef", flow.from())
          .with("targetRef", flow.to());
      if (flow.condition() != null) {
        xml.open("bpmn:conditionExpression")
            .with("xsi:type", "bpmn:tFormalExpression")
            .close(flow.condition());
      }
      xml.close();
    }
  }

  private void node(Node node, List<Flow> flows) {
    xml.open("bpmn:" + element(node))
        .with("id", node.id())
        .with("name", node.name().isEmpty() ? null : node.name());
    attributes(node, flows);
    if (node.step() instanceof DoStep step && !step.instructions().isEmpty()) {
      xml.open("bpmn:documentation").close(step.instructions());
    }
    extensions(node);
    ends(node, flows);
    switch (node.kind()) {
      case Kind.Task _ -> {
        if (node.step() instanceof DoStep step) {
          Assignees.teamAsked(step.by()).ifPresent(this::owner);
        }
      }
      case Kind.Occurrence event -> cause(event.cause());
      case Kind.SubProcess sub -> content(sub.inside());
      case Kind.Gateway _ -> {
        // Nothing in it.
      }
    }
    xml.close();
  }

  private static String element(Node node) {
    return switch (node.kind()) {
      case Kind.Task task -> task.element();
      case Kind.Gateway gateway -> gateway.element();
      case Kind.Occurrence event -> event.element();
      case Kind.SubProcess _ -> "subProcess";
    };
  }

  private void attributes(Node node, List<Flow> flows) {
    switch (node.kind()) {
      case Kind.Task(var element) -> {
        if (element.equals("callActivity")) {
          xml.with("calledElement", Details.called(node));
        }
      }
      case Kind.Gateway _ ->
          flows.stream()
              .filter(flow -> flow.from().equals(node.id()) && flow.byDefault())
              .findFirst()
              .ifPresent(flow -> xml.with("default", flowIds.get(flow)));
      case Kind.Occurrence event -> {
        if (event.attachedTo() != null) {
          xml.with("attachedToRef", event.attachedTo()).with("cancelActivity", interrupts(event));
        } else if (event.handler() != null) {
          xml.with("isInterrupting", interrupts(event));
        }
      }
      case Kind.SubProcess sub -> {
        if (sub.handler() != null || node.id().startsWith("ending_")) {
          xml.with("triggeredByEvent", true);
        }
      }
    }
  }

  /// BPMN lets failures only interrupt; that a handler runs alongside one stands among its details.
  private static boolean interrupts(Kind.Occurrence event) {
    return event.handler() == null
        || !event.handler().alongside()
        || event.cause() instanceof Cause.Failure;
  }

  private void extensions(Node node) {
    var handler = node.kind() instanceof Kind.Occurrence event ? event.handler() : null;
    var span = node.kind() instanceof Kind.Occurrence(_, Cause.Timer(var it), _, _) ? it : null;
    if (node.step() == null && handler == null && span == null) {
      return;
    }
    xml.open("bpmn:extensionElements");
    if (node.step() != null) {
      details.of(node.step());
    }
    if (handler != null) {
      details.of(handler);
    }
    if (span != null) {
      xml.open("evergreen:timer").with("after", Spans.written(span)).close();
    }
    xml.close();
  }

  private void ends(Node node, List<Flow> flows) {
    for (Flow flow : flows) {
      if (flow.to().equals(node.id())) {
        xml.open("bpmn:incoming").close(id(flow));
      }
    }
    for (Flow flow : flows) {
      if (flow.from().equals(node.id())) {
        xml.open("bpmn:outgoing").close(id(flow));
      }
    }
  }

  private void owner(String team) {
    xml.open("bpmn:potentialOwner").open("bpmn:resourceAssignmentExpression");
    xml.open("bpmn:formalExpression").close("group(" + team + ")");
    xml.close().close();
  }

  private void cause(Cause cause) {
    switch (cause) {
      case Cause.Nothing _ -> {
        // A plain event.
      }
      case Cause.Message(var events) ->
          events.forEach(event ->
              xml.open("bpmn:messageEventDefinition")
                  .with("messageRef", messages.get(event))
                  .close());
      case Cause.Timer(var span) -> {
        xml.open("bpmn:timerEventDefinition");
        xml.open("bpmn:timeDuration")
            .with("xsi:type", "bpmn:tFormalExpression")
            .close(IsoDuration.of(span));
        xml.close();
      }
      case Cause.Failure _ -> xml.open("bpmn:errorEventDefinition").close();
      case Cause.Terminate _ -> xml.open("bpmn:terminateEventDefinition").close();
      case Cause.Escalation(var code) ->
          xml.open("bpmn:escalationEventDefinition")
              .with("escalationRef", escalations.get(code))
              .close();
    }
  }

  private void drawing(Definition definition, Fragment process) {
    xml.open("bpmndi:BPMNDiagram").with("id", "diagram");
    xml.open("bpmndi:BPMNPlane").with("id", "plane").with("bpmnElement", definition.name());
    shapes(process);
    xml.close().close();
  }

  private void shapes(Fragment fragment) {
    for (Node node : fragment.nodes()) {
      xml.open("bpmndi:BPMNShape")
          .with("id", "shape_" + node.id())
          .with("bpmnElement", node.id())
          .with("isMarkerVisible", element(node).equals("exclusiveGateway") ? true : null)
          .with("isExpanded", node.kind() instanceof Kind.SubProcess ? true : null);
      var area = node.area();
      xml.open("dc:Bounds")
          .with("x", area.x())
          .with("y", area.y())
          .with("width", area.width())
          .with("height", area.height())
          .close()
          .close();
      if (node.kind() instanceof Kind.SubProcess sub) {
        shapes(sub.inside());
      }
    }
    for (Flow flow : fragment.flows()) {
      xml.open("bpmndi:BPMNEdge").with("id", "edge_" + id(flow)).with("bpmnElement", id(flow));
      for (Point point : flow.points()) {
        xml.open("di:waypoint").with("x", point.x()).with("y", point.y()).close();
      }
      xml.close();
    }
  }

  private String id(Flow flow) {
    var id = flowIds.get(flow);
    if (id == null) {
      throw new IllegalStateException("expected every flow to have been counted: " + flow);
    }
    return id;
  }
}
