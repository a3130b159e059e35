package dev.evergreen.server.workflow;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Input;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Workflows that a person starts. A run is as visible as its subject: whoever lets a person start
/// one has loaded the subject through the finder of its module.
@Component
public class StartsByHand {
  private final JdbcClient database;
  private final Workflows workflows;
  private final RunsInHand hand;
  private final Stepping stepping;

  StartsByHand(JdbcClient database, Workflows workflows, RunsInHand hand, Stepping stepping) {
    this.database = database;
    this.workflows = workflows;
    this.hand = hand;
    this.stepping = stepping;
  }

  /// What a person sent to start a workflow with: read, or a sentence for each field that could not
  /// be.
  public record Given(Map<String, Object> data, Map<String, String> wrong) {
    public Given {
      data = Map.copyOf(data);
      wrong = Map.copyOf(wrong);
    }
  }

  /// Light collaborators help with what others have begun.
  public static boolean areFor(Agent agent) {
    return agent.may(Permission.INVOLVE);
  }

  /// The workflows in force that a person may start about such a subject, by title.
  public List<Version> about(String subjectKind) {
    return workflows.current().stream()
        .filter(StartsByHand::isPossible)
        .filter(version -> version.definition().about().equals(subjectKind))
        .sorted(Comparator.comparing(Version::title))
        .toList();
  }

  /// The workflow of that name, if it is in force and a person may start it.
  public Optional<Version> withName(String name) {
    return workflows.withName(name).filter(StartsByHand::isPossible);
  }

  private static boolean isPossible(Version version) {
    return version.file().profile().byHand();
  }

  /// @param sent by the name of the input
  /// @param zone of the person, for moments
  public Given read(Version version, Map<String, String> sent, ZoneId zone) {
    Forms.Read read = Forms.read(version.file().inputs(), sent, zone);
    return new Given(read.answers(), read.wrong());
  }

  /// Starts a run for a person. As long as one of the same workflow is under way about the same
  /// subject, no second one starts beside it.
  @Transactional
  public Outcome<RunId> start(
      String workflow, Subject subject, Map<String, Object> data, Agent by) {
    Optional<Version> version = withName(workflow);
    if (!areFor(by)
        || version.isEmpty()
        || !version.get().definition().about().equals(subject.kind())) {
      return Outcome.rejected(
          Reason.UNKNOWN, "There is no workflow “%s” to start here.".formatted(workflow));
    }
    if (isUnderWay(version.get(), subject)) {
      return Outcome.rejected(
          Reason.TAKEN,
          "“%s” is under way here already; a second one starts when it is over."
              .formatted(version.get().title()));
    }
    HeldRun run = hand.begin(version.get(), subject, null, null);
    Decision.@Nullable Rejected rejected = stepping.take(run, new Input.Start(data), by.actor());
    if (rejected != null) {
      hand.drop(run);
      return Outcome.rejected(Reason.INVALID, rejected.detail() + ".");
    }
    return Outcome.accepted(run.id());
  }

  /// Holds back whoever starts the same about the same subject until this transaction has ended:
  /// what the second looks for is then to be seen.
  private boolean isUnderWay(Version version, Subject subject) {
    hand.flush();
    database
        .sql("select pg_advisory_xact_lock(hashtextextended(:start, 0))")
        .param("start", "start of %s for %s".formatted(version.name(), subject))
        .query((_, _) -> 0)
        .single();
    return database
        .sql(
            """
            select exists (
              select from run
              where subject_kind = :subjectKind
                and subject_id = :subject
                and workflow = :workflow
                and status in ('NEW', 'RUNNING', 'FAULTED')
            )
            """)
        .param("subjectKind", subject.kind())
        .param("subject", subject.id())
        .param("workflow", version.name())
        .query(Boolean.class)
        .single();
  }
}
