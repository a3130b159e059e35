package dev.evergreen.server.workflow;

import dev.evergreen.engine.Event;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.Run;
import dev.evergreen.language.EventJson;
import dev.evergreen.language.RunJson;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DataTable;
import dev.evergreen.server.platform.DataTable.Rows;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.LedgerErasing;
import dev.evergreen.server.platform.PersonalData;
import dev.evergreen.server.platform.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What runs hold about people: what was answered in forms, handed to actions and given as reasons.
/// When that is erased the run is ended, and its history keeps each step with its time but none of
/// the texts; state and history stay equal, so that it can still be done again.
@Component
@Order(40)
final class WorkflowData implements PersonalData {
  private static final String RUN = "run";

  private final JdbcClient database;
  private final RunsInHand hand;
  private final Stepping stepping;
  private final LedgerErasing ledger;

  WorkflowData(JdbcClient database, RunsInHand hand, Stepping stepping, LedgerErasing ledger) {
    this.database = database;
    this.hand = hand;
    this.stepping = stepping;
    this.ledger = ledger;
  }

  @Override
  public List<DataTable> tables() {
    return Stream.of(
            List.of(
                DataTable.of(
                    "run_effect",
                    "what an action that reaches outside is given",
                    Rows.deleted(RUN, "run = :id")),
                DataTable.of(
                    "task",
                    "what was asked of agents about a case",
                    Rows.emptied(RUN, "run = :id", "title = 'Erased'")),
                DataTable.of(
                    "refused_start",
                    "why a run did not start",
                    Rows.deleted(Rows.ANY, "subject_kind = :kind and subject_id = :id")),
                DataTable.of(
                    "run", "answers, arguments and reasons", Rows.rewritten(RUN, "id = :id"))),
            DataTable.none("ids and kinds of events", "run_listener"),
            DataTable.none(
                "how the team works, written by agents",
                "workflow",
                "workflow_version",
                "workflow_draft",
                "draft_text",
                "workflow_review",
                "process"))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<Subject> below(Subject subject) {
    return database
        .sql("select id from run where subject_kind = :kind and subject_id = :id order by id")
        .param("kind", subject.kind())
        .param("id", subject.id())
        .query((row, _) -> new Subject(RUN, row.getLong("id")))
        .list();
  }

  /// The events of runs are rewritten here before.
  @Override
  public Set<String> plainWords() {
    return Set.of(RunEvents.EVENT, "workflow");
  }

  @Override
  public void beforeErasing(Subject subject, Actor by) {
    if (!subject.kind().equals(RUN)) {
      return;
    }
    hand.hold(new RunId(subject.id()))
        .filter(held -> !held.run().state().status().isFinal())
        .ifPresent(held -> {
          var _ = stepping.take(held, new Input.Cancel("Erased", by.name()), by);
        });
    hand.flush();
    var _ = ledger.rewrite(subject, WorkflowData::withoutTexts);
    database
        .sql("select state from run where id = :id")
        .param("id", subject.id())
        .query((row, _) -> RunJson.read(row.getString("state")))
        .optional()
        .ifPresent(state ->
            database
                .sql("update run set state = cast(:state as json) where id = :id")
                .param("id", subject.id())
                .param("state", RunJson.write(withoutTexts(state)))
                .update());
  }

  private static Run withoutTexts(Run run) {
    return new Run(
        run.status(), withoutTexts(run.data()), run.open(), run.lastActivation(), run.outcome());
  }

  private static Map<String, Object> withoutTexts(Ledger.Entry entry) {
    if (!(entry.data().get(RunEvents.EVENT) instanceof Map<?, ?>)) {
      return entry.data();
    }
    var data = new HashMap<String, Object>(entry.data());
    Map<String, Object> event = EventJson.toMap(withoutTexts(RunEvents.event(entry)));
    event.remove(EventJson.VARIANT);
    data.put(RunEvents.EVENT, event);
    return data;
  }

  private static Event withoutTexts(Event event) {
    return switch (event) {
      case Event.RunStarted(var workflow, var version, var data) ->
          new Event.RunStarted(workflow, version, withoutTexts(data));
      case Event.TaskCompleted(var activation, var answers, var evidence, var by) ->
          new Event.TaskCompleted(
              activation, withoutTexts(answers), evidence == null ? null : "", by);
      case Event.ActionRequested(
              var activation,
              var scope,
              var step,
              var action,
              var arguments,
              var attempt) ->
          new Event.ActionRequested(
              activation, scope, step, action, withoutTexts(arguments), attempt);
      case Event.ActionSucceeded(var activation, var outcome) ->
          new Event.ActionSucceeded(activation, withoutTexts(outcome));
      case Event.ActionFailed(var activation, _, var retryAt) ->
          new Event.ActionFailed(activation, "", retryAt);
      case Event.AnswerRefused(var activation, _) -> new Event.AnswerRefused(activation, "");
      case Event.QuestionAnswered(var activation, var answer) ->
          new Event.QuestionAnswered(activation, withoutTexts(answer));
      case Event.RuleApplied(var activation, var scope, var step, var rule, var set) ->
          new Event.RuleApplied(activation, scope, step, rule, withoutTexts(set));
      case Event.CallBegan(var activation, var scope, var step, var workflow, var data) ->
          new Event.CallBegan(activation, scope, step, workflow, withoutTexts(data));
      case Event.CallEnded(var activation, var outcome, var data) ->
          new Event.CallEnded(activation, outcome, withoutTexts(data));
      case Event.StepFailed(var activation, var scope, var step, _) ->
          new Event.StepFailed(activation, scope, step, "");
      case Event.FaultRaised(var activation, var scope, var step, _) ->
          new Event.FaultRaised(activation, scope, step, "");
      case Event.Skipped(var activation, var scope, var step, _, var by) ->
          new Event.Skipped(activation, scope, step, "", by);
      case Event.Ignored _ -> new Event.Ignored("");
      case Event.RunCanceled(_, var by) -> new Event.RunCanceled("", by);
      case Event.TaskOpened _,
          Event.TaskReassigned _,
          Event.QuestionAsked _,
          Event.QuestionEnded _,
          Event.BranchTaken _,
          Event.TogetherBegan _,
          Event.BranchBegan _,
          Event.BranchEnded _,
          Event.TogetherEnded _,
          Event.RoundBegan _,
          Event.RoundsEnded _,
          Event.WaitBegan _,
          Event.WaitMet _,
          Event.WaitEnded _,
          Event.BlockEntered _,
          Event.HandlerArmed _,
          Event.HandlerFired _,
          Event.HandlerDone _,
          Event.MainFlowEnded _,
          Event.BlockLeft _,
          Event.FaultCleared _,
          Event.Withdrawn _,
          Event.RunMigrated _,
          Event.RunEnded _ ->
          event;
    };
  }

  private static Map<String, Object> withoutTexts(Map<String, Object> values) {
    return values.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, value -> withoutText(value.getValue())));
  }

  private static Object withoutText(Object value) {
    return switch (value) {
      case String _ -> "";
      case List<?> list -> list.stream().map(one -> withoutText(one)).toList();
      default -> value;
    };
  }
}
