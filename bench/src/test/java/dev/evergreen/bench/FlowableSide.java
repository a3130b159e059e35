package dev.evergreen.bench;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.job.api.Job;
import org.jspecify.annotations.Nullable;

/// Flowable, running the exported model.
final class FlowableSide implements Side, AutoCloseable {
  private final ProcessEngine engine;
  private final FlowableDelegates delegates;
  private final FlowableModel model;
  private final List<String> performed = new ArrayList<>();
  private final String deployment;
  private String instance = "";

  FlowableSide(ProcessEngine engine, Definition definition, FlowableDelegates delegates) {
    this.engine = engine;
    this.delegates = delegates;
    model = new FlowableModel(definition);
    deployment =
        engine
            .getRepositoryService()
            .createDeployment()
            .addBpmnModel("random.bpmn", model.model())
            .deploy()
            .getId();
    delegates.add(model.process(), this);
  }

  /// Takes note of an automatic step that Flowable performs.
  void performed(String element) {
    performed.add(element);
  }

  @Nullable Step step(String element) {
    return model.step(element);
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
        .map(it -> model.step(it.getActivityId()))
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
    instance = engine.getRuntimeService().startProcessInstanceByKey(model.process(), flags).getId();
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
    delegates.remove(model.process());
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
}
