package dev.evergreen.bench;

import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Step;
import dev.evergreen.language.bpmn.Bpmn;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.job.api.Job;
import org.jspecify.annotations.Nullable;

/// Flowable, running the exported model. What BPMN leaves to each engine is filled in: how
/// conditions are written, what service tasks do, how rounds are counted.
final class FlowableSide implements Side, AutoCloseable {
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

  private final ProcessEngine engine;
  private final Map<String, Step> steps = new HashMap<>();
  private final List<String> performed = new ArrayList<>();
  private final Delegates delegates;
  private final String process;
  private final String deployment;
  private String instance = "";

  FlowableSide(ProcessEngine engine, Definition definition, Delegates delegates) {
    this.engine = engine;
    collect(definition.steps());
    definition.handlers().forEach(handler -> collect(handler.steps()));
    this.delegates = delegates;
    var model = model(definition);
    deployment =
        engine
            .getRepositoryService()
            .createDeployment()
            .addBpmnModel("random.bpmn", model)
            .deploy()
            .getId();
    process = model.getMainProcess().getId();
    delegates.sides.put(process, this);
  }

  /// What the models' expressions reach; it leads to the side whose process it is.
  public static final class Delegates {
    private final Map<String, FlowableSide> sides = new ConcurrentHashMap<>();

    public void perform(DelegateExecution execution) {
      side(execution).performNow(execution);
    }

    public void apply(DelegateExecution execution) {
      side(execution).applyTable(execution);
    }

    private FlowableSide side(DelegateExecution execution) {
      var id = execution.getProcessDefinitionId(); // key:version:number
      return Objects.requireNonNull(sides.get(id.substring(0, id.indexOf(':'))));
    }

    public void ask() {
      // The customer is asked; what comes of it is the answer's.
    }

    public void enter(DelegateExecution execution, String step) {
      execution.setVariable(rounds(step), 1L);
    }

    public void again(DelegateExecution execution, String step) {
      execution.setVariable(rounds(step), (Long) execution.getVariable(rounds(step)) + 1);
    }
  }

  @Override
  public SortedMap<String, Integer> open() {
    var open = new TreeMap<String, Integer>();
    if (!isOver()) {
      tasks().values().forEach(element -> open.merge(element, 1, Integer::sum));
      timers().forEach(job -> open.merge(job.getElementId(), 1, Integer::sum));
      engine
          .getRuntimeService()
          .createEventSubscriptionQuery()
          .processInstanceId(instance)
          .list()
          .stream()
          .filter(it -> it.getEventType().equals("message"))
          .forEach(it -> open.merge(it.getActivityId(), 1, Integer::sum));
      called().values().forEach(element -> open.merge(element, 1, Integer::sum));
      executions().stream()
          .map(ExecutionEntity::getActivityId)
          .filter(it -> it != null && it.endsWith("_answer"))
          .forEach(it -> open.merge(it, 1, Integer::sum));
    }
    return open;
  }

  @Override
  public List<String> performed() {
    return performed.stream().sorted().toList();
  }

  @Override
  public String outcome() {
    if (!isOver()) {
      return "";
    }
    return engine
        .getHistoryService()
        .createHistoricActivityInstanceQuery()
        .processInstanceId(instance)
        .activityType("endEvent")
        .list()
        .stream()
        .map(it -> steps.get(it.getActivityId()))
        .filter(EndStep.class::isInstance)
        .map(step -> ((EndStep) step).outcome())
        .findFirst()
        .orElse(Definition.DONE);
  }

  @Override
  public void start() {
    performed.clear();
    var flags = new HashMap<String, Object>();
    RandomProcess.FLAGS.forEach(flag -> flags.put(flag, false));
    instance = engine.getRuntimeService().startProcessInstanceByKey(process, flags).getId();
  }

  @Override
  public void happen(String element, Map<String, Object> answers) {
    performed.clear();
    for (var task : tasks().entrySet()) {
      if (task.getValue().equals(element)) {
        engine.getTaskService().complete(task.getKey(), answers);
        return;
      }
    }
    for (var task : called().entrySet()) {
      if (task.getValue().equals(element)) {
        engine.getTaskService().complete(task.getKey());
        return;
      }
    }
    for (Job job : timers()) {
      if (job.getElementId().equals(element)) {
        engine.getManagementService().moveTimerToExecutableJob(job.getId());
        engine.getManagementService().executeJob(job.getId());
        return;
      }
    }
    var runtime = engine.getRuntimeService();
    for (var it : runtime.createEventSubscriptionQuery().processInstanceId(instance).list()) {
      if (it.getActivityId().equals(element)) {
        runtime.messageEventReceived(it.getEventName(), it.getExecutionId());
        return;
      }
    }
    for (var execution : executions()) {
      if (element.equals(execution.getActivityId())) {
        runtime.trigger(execution.getId(), Map.of("a", Objects.requireNonNull(answers.get("a"))));
        return;
      }
    }
    throw new IllegalStateException(
        "expected %s to be open, but found %s".formatted(element, open()));
  }

  @Override
  public void close() {
    delegates.sides.remove(process);
    engine.getRepositoryService().deleteDeployment(deployment, true);
  }

  private boolean isOver() {
    return engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceId(instance)
            .count()
        == 0;
  }

  private Map<String, String> tasks() {
    var tasks = new HashMap<String, String>();
    engine
        .getTaskService()
        .createTaskQuery()
        .processInstanceId(instance)
        .list()
        .forEach(task -> tasks.put(task.getId(), task.getTaskDefinitionKey()));
    return tasks;
  }

  private List<Job> timers() {
    return engine.getManagementService().createTimerJobQuery().processInstanceId(instance).list();
  }

  private List<ExecutionEntity> executions() {
    return engine
        .getRuntimeService()
        .createExecutionQuery()
        .processInstanceId(instance)
        .list()
        .stream()
        .map(ExecutionEntity.class::cast)
        .toList();
  }

  /// The tasks of called processes, each with the activity that calls.
  private Map<String, String> called() {
    var calls = new HashMap<String, String>();
    var runtime = engine.getRuntimeService();
    for (var sub : runtime.createProcessInstanceQuery().superProcessInstanceId(instance).list()) {
      var caller = ((ExecutionEntity) sub).getSuperExecutionId();
      var activity =
          executions().stream()
              .filter(it -> it.getId().equals(caller))
              .map(ExecutionEntity::getActivityId)
              .findFirst()
              .orElseThrow();
      engine
          .getTaskService()
          .createTaskQuery()
          .processInstanceId(sub.getId())
          .list()
          .forEach(task -> calls.put(task.getId(), activity));
    }
    return calls;
  }

  private void performNow(DelegateExecution execution) {
    var id = execution.getCurrentActivityId();
    performed.add(id);
    if (steps.get(id) instanceof RunStep step
        && step.action().equals(RandomProcess.FAILING)
        && Boolean.TRUE.equals(execution.getVariable("a"))) {
      throw new BpmnError("failed");
    }
  }

  private void applyTable(DelegateExecution execution) {
    var step = (DecideStep) Objects.requireNonNull(steps.get(execution.getCurrentActivityId()));
    var table = Objects.requireNonNull(step.table());
    for (var rule : table.rules()) {
      if (rule.when().holds(execution.getVariables())) {
        rule.set().forEach((name, term) -> execution.setVariable(name, term.value(Map.of())));
        return;
      }
    }
  }

  private void collect(List<Step> all) {
    for (Step step : all) {
      steps.put("step_" + step.id(), step);
      step.parts().forEach(this::collect);
      step.handlers().forEach(handler -> collect(handler.steps()));
    }
  }

  private BpmnModel model(Definition definition) {
    try {
      var reader =
          XMLInputFactory.newFactory()
              .createXMLStreamReader(new StringReader(Bpmn.write(definition)));
      var model = new BpmnXMLConverter().convertToBpmnModel(reader);
      model.getMainProcess().setExecutable(true);
      complete(model.getMainProcess());
      return model;
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
    var exhausted = "%s >= %d".formatted(rounds(test.id()), test.atMost());
    if (source.startsWith("rounds ")) {
      return exhausted;
    }
    return test.otherwise().isEmpty() ? "(%s) || %s".formatted(source, exhausted) : source;
  }

  private static String rounds(String step) {
    return "rounds_" + step.replace('.', '_').replace("otherwise", "o");
  }
}
