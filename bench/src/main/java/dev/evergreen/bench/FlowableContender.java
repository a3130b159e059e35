package dev.evergreen.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.impl.async.AsyncTaskExecutorConfiguration;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.job.service.impl.asyncexecutor.AsyncJobExecutorConfiguration;
import org.flowable.task.api.Task;

/// Flowable as its guide sets it up in a program of one's own: its defaults, history at the level
/// `audit` among them, and the async executor for timers with 8 threads and a queue of 20,000.
final class FlowableContender implements Contender {
  private static final String PROCESS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:flowable="http://flowable.org/bpmn" targetNamespace="bench">
        <process id="question" name="Answer a question" isExecutable="true">
          <startEvent id="asked"/>
          <sequenceFlow id="f1" sourceRef="asked" targetRef="note"/>
          <serviceTask id="note" name="Note the question" flowable:class="%s"/>
          <sequenceFlow id="f2" sourceRef="note" targetRef="answer"/>
          <userTask id="answer" name="Answer the question" flowable:candidateGroups="frontline"/>
          <sequenceFlow id="f3" sourceRef="answer" targetRef="rest"/>
          <intermediateCatchEvent id="rest" name="Let it rest for an hour">
            <timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>
          </intermediateCatchEvent>
          <sequenceFlow id="f4" sourceRef="rest" targetRef="answered"/>
          <endEvent id="answered"/>
        </process>
      </definitions>
      """
          .formatted(Note.class.getName());
  private static final Duration LONGER_THAN_THE_WAIT = Duration.ofHours(2);

  /// As often as Evergreen does; by itself it would be every ten seconds.
  private static final Duration LOOK_FOR_TIMERS = Duration.ofSeconds(1);

  private final HikariDataSource pool;
  private final ProcessEngine engine;

  FlowableContender(HikariDataSource pool) {
    this.pool = pool;
    var executor = new AsyncTaskExecutorConfiguration();
    executor.setCorePoolSize(8);
    executor.setMaxPoolSize(8);
    executor.setQueueSize(20_000);
    var jobs = new AsyncJobExecutorConfiguration();
    jobs.setDefaultTimerJobAcquireWaitTime(LOOK_FOR_TIMERS);
    var configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(pool);
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setAsyncExecutorTaskExecutorConfiguration(executor);
    configuration.setAsyncExecutorConfiguration(jobs);
    configuration.setAsyncExecutorActivate(true);
    engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("question.bpmn20.xml", PROCESS)
        .deploy();
  }

  @Override
  public void start(long subject) {
    engine.getRuntimeService().startProcessInstanceByKey("question", Long.toString(subject));
  }

  @Override
  public boolean isAsked(long subject) {
    return engine
            .getTaskService()
            .createTaskQuery()
            .processInstanceBusinessKey(Long.toString(subject))
            .count()
        == 1;
  }

  @Override
  public void startGrouped(long first, int count) {
    throw new UnsupportedOperationException("Flowable commits each run by itself.");
  }

  @Override
  public long runs() {
    return engine.getHistoryService().createHistoricProcessInstanceQuery().count();
  }

  @Override
  public List<String> tasks() {
    return engine.getTaskService().createTaskQuery().orderByTaskCreateTime().desc().list().stream()
        .map(Task::getId)
        .toList();
  }

  @Override
  public void complete(String task) {
    engine.getTaskService().complete(task, Map.of("answered", true));
  }

  /// The clock stands still from here on, which nothing but timers looks at.
  @Override
  public void letTimePass() {
    var clock = engine.getProcessEngineConfiguration().getClock();
    clock.setCurrentTime(Date.from(clock.getCurrentTime().toInstant().plus(LONGER_THAN_THE_WAIT)));
  }

  @Override
  public long timers() {
    var management = engine.getManagementService();
    return management.createTimerJobQuery().count() + management.createJobQuery().count();
  }

  @Override
  public void close() {
    engine.close();
    pool.close();
  }

  /// The automatic step.
  public static final class Note implements JavaDelegate {
    @Override
    public void execute(DelegateExecution execution) {
      execution.setVariable("noted", "asked");
    }
  }
}
