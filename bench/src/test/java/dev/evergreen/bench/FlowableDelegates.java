package dev.evergreen.bench;

import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.RunStep;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;

/// What the models' expressions call, of whichever process they are.
public final class FlowableDelegates {
  private final Map<String, FlowableSide> sides = new ConcurrentHashMap<>();

  /// What this process calls is told to this side.
  void add(String process, FlowableSide side) {
    sides.put(process, side);
  }

  void remove(String process) {
    sides.remove(process);
  }

  public void perform(DelegateExecution execution) {
    var side = side(execution);
    var element = execution.getCurrentActivityId();
    side.performed(element);
    if (side.step(element) instanceof RunStep step
        && step.action().equals(RandomProcess.FAILING)
        && Boolean.TRUE.equals(execution.getVariable("a"))) {
      throw new BpmnError("failed");
    }
  }

  public void apply(DelegateExecution execution) {
    var step =
        (DecideStep) Objects.requireNonNull(side(execution).step(execution.getCurrentActivityId()));
    var table = Objects.requireNonNull(step.table());
    for (var rule : table.rules()) {
      if (rule.when().holds(execution.getVariables())) {
        rule.set().forEach((name, term) -> execution.setVariable(name, term.value(Map.of())));
        return;
      }
    }
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

  /// The variable that counts the rounds of a repeat.
  static String rounds(String step) {
    return "rounds_" + step.replace('.', '_').replace("otherwise", "o");
  }

  private FlowableSide side(DelegateExecution execution) {
    var id = execution.getProcessDefinitionId(); // key:version:number
    return Objects.requireNonNull(sides.get(id.substring(0, id.indexOf(':'))));
  }
}
