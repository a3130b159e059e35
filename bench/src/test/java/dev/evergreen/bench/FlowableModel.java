package dev.evergreen.bench;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.Step;
import dev.evergreen.language.bpmn.Bpmn;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.flowable.bpmn.converter.BpmnXMLConverter;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.BusinessRuleTask;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.FlowElementsContainer;
import org.flowable.bpmn.model.FlowableListener;
import org.flowable.bpmn.model.ImplementationType;
import org.flowable.bpmn.model.SendTask;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.bpmn.model.SubProcess;
import org.flowable.bpmn.model.TerminateEventDefinition;
import org.jspecify.annotations.Nullable;

/// A definition's export as Flowable can run it. What BPMN leaves to each engine is filled in: how
/// conditions are written, what service tasks do, how rounds are counted; all of it calls
/// [FlowableDelegates].
final class FlowableModel {
  /// The called workflow: one task.
  static final String CALLED =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="bench">
        <process id="called" isExecutable="true">
          <startEvent id="begin"/><sequenceFlow id="f1" sourceRef="begin" targetRef="called_task"/>
          <userTask id="called_task"/><sequenceFlow id="f2" sourceRef="called_task" targetRef="over"/>
          <endEvent id="over"/>
        </process>
      </definitions>
      """;

  private final BpmnModel model;
  private final Map<String, Step> steps = new HashMap<>();

  FlowableModel(Definition definition) {
    collect(definition.steps());
    definition.handlers().forEach(handler -> collect(handler.steps()));
    model = read(Bpmn.write(definition));
    model.getMainProcess().setExecutable(true);
    complete(model.getMainProcess());
  }

  BpmnModel model() {
    return model;
  }

  String process() {
    return model.getMainProcess().getId();
  }

  /// The step that an element of the model stands for, if it is one.
  @Nullable Step step(String element) {
    return steps.get(element);
  }

  private void collect(List<Step> all) {
    for (Step step : all) {
      steps.put("step_" + step.id(), step);
      step.parts().forEach(this::collect);
      step.handlers().forEach(handler -> collect(handler.steps()));
    }
  }

  private static BpmnModel read(String xml) {
    try {
      var reader = XMLInputFactory.newFactory().createXMLStreamReader(new StringReader(xml));
      return new BpmnXMLConverter().convertToBpmnModel(reader);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("expected the export to be XML", e);
    }
  }

  private void complete(FlowElementsContainer container) {
    for (FlowElement element : List.copyOf(container.getFlowElements())) {
      switch (element) {
        case SubProcess sub -> complete(sub);
        case SequenceFlow flow -> complete(flow);
        case ServiceTask task -> implement(task, "perform(execution)");
        case BusinessRuleTask task -> replace(container, task, "apply(execution)");
        case SendTask task -> replace(container, task, "ask()");
        case EndEvent end when end.getId().startsWith("ending_") -> endAll(end);
        default -> {
          // The same everywhere.
        }
      }
    }
  }

  private static void implement(ServiceTask task, String call) {
    task.setImplementationType(ImplementationType.IMPLEMENTATION_TYPE_EXPRESSION);
    task.setImplementation("${delegates." + call + "}");
  }

  /// Flowable has a rule engine and mail behind these; here they only have to happen.
  private static void replace(FlowElementsContainer container, Activity task, String call) {
    var service = new ServiceTask();
    service.setId(task.getId());
    service.setName(task.getName());
    service.setIncomingFlows(task.getIncomingFlows());
    service.setOutgoingFlows(task.getOutgoingFlows());
    var borders = new ArrayList<BoundaryEvent>(task.getBoundaryEvents());
    container.removeFlowElement(task.getId());
    implement(service, call);
    container.addFlowElement(service);
    borders.forEach(border -> border.setAttachedToRef(service));
    service.setBoundaryEvents(borders);
  }

  /// Flowable starts an event subprocess for an escalation beside the rest, even one that
  /// interrupts; so its end is told to end everything.
  private static void endAll(EndEvent end) {
    for (var definition : end.getEventDefinitions()) {
      if (definition instanceof TerminateEventDefinition terminate) {
        terminate.setTerminateAll(true);
      }
    }
  }

  private void complete(SequenceFlow flow) {
    var test = flow.getSourceRef().endsWith("_until") ? repeat(flow.getSourceRef()) : null;
    if (flow.getConditionExpression() != null) {
      flow.setConditionExpression("${" + condition(flow, test) + "}");
    }
    if (steps.get(flow.getTargetRef()) instanceof RepeatStep step) {
      boolean back = flow.getSourceRef().equals(flow.getTargetRef() + "_until");
      var listener = new FlowableListener();
      listener.setEvent("take");
      listener.setImplementationType(ImplementationType.IMPLEMENTATION_TYPE_EXPRESSION);
      listener.setImplementation(
          "${delegates.%s(execution, '%s')}".formatted(back ? "again" : "enter", step.id()));
      flow.setExecutionListeners(new ArrayList<>(List.of(listener)));
    }
  }

  private RepeatStep repeat(String gateway) {
    return (RepeatStep)
        Objects.requireNonNull(steps.get(gateway.substring(0, gateway.length() - 6)));
  }

  private static String condition(SequenceFlow flow, @Nullable RepeatStep test) {
    var source = flow.getConditionExpression();
    if (test == null) {
      return source;
    }
    var exhausted = "%s >= %d".formatted(FlowableDelegates.rounds(test.id()), test.atMost());
    if (source.startsWith("rounds ")) {
      return exhausted;
    }
    return test.otherwise().isEmpty() ? "(%s) || %s".formatted(source, exhausted) : source;
  }
}
