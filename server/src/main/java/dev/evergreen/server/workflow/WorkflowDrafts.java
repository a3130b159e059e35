package dev.evergreen.server.workflow;

import static dev.evergreen.server.workflow.DraftKind.WORKFLOW;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.DraftRows.Held;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What is being written: the next version of a workflow, text by text. No text that was saved is
/// ever lost; going back and forward only changes which one counts.
@Component
public class WorkflowDrafts {
  private final JdbcClient database;
  private final Workflows workflows;
  private final WorkflowRows rows;
  private final DraftRows drafts;
  private final DraftTexts texts;

  WorkflowDrafts(
      JdbcClient database,
      Workflows workflows,
      WorkflowRows rows,
      DraftRows drafts,
      DraftTexts texts) {
    this.database = database;
    this.workflows = workflows;
    this.rows = rows;
    this.drafts = drafts;
    this.texts = texts;
  }

  /// The open draft of a workflow.
  public Optional<WorkflowDraft> of(String workflow) {
    return drafts.open(workflow);
  }

  /// All open drafts, by the names of their workflows.
  public List<WorkflowDraft> all() {
    return drafts.open();
  }

  /// The names of workflows that were retired.
  public List<String> retired() {
    return database
        .sql("select name from workflow where retired_at is not null order by name")
        .query((row, _) -> row.getString("name"))
        .list();
  }

  /// Begins the next version of a workflow as its newest one; gives the open draft if there is one.
  @Transactional
  public Outcome<WorkflowDraft> begin(String name, Agent by) {
    Optional<WorkflowRows.Locked> workflow =
        Editors.include(by) ? rows.lock(name) : Optional.empty();
    Optional<Version> newest = workflow.flatMap(it -> workflows.newest(it.name()));
    if (workflow.isEmpty() || newest.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no workflow “" + name + "”.");
    }
    Optional<WorkflowDraft> open = drafts.open(name);
    return Outcome.accepted(
        open.isPresent()
            ? open.get()
            : insert(
                workflow.get(),
                newest.get().number(),
                newest.get().file().text(),
                "began as version " + newest.get().number(),
                by));
  }

  /// Begins a workflow of that name, which must be free, with a text; the text's own name becomes
  /// this one.
  ///
  /// @param change what the text is, in a few words
  @Transactional
  public Outcome<WorkflowDraft> create(String name, String text, String change, Agent by) {
    if (!Editors.include(by)) {
      return DraftRows.unknown(name);
    }
    String problem =
        Optional.ofNullable(WORKFLOW.problemWithName(name)).orElse(WORKFLOW.problemWithText(text));
    if (problem != null) {
      return Outcome.rejected(Reason.INVALID, problem);
    }
    WorkflowRows.Locked workflow = rows.lockOrMake(name);
    if (workflows.newest(name).isPresent() || drafts.open(name).isPresent()) {
      return Outcome.rejected(
          Reason.TAKEN, "There already is a workflow “%s”; choose another name.".formatted(name));
    }
    return Outcome.accepted(insert(workflow, null, WORKFLOW.named(text, name), change, by));
  }

  /// Makes a text the next version's draft of the workflow of that name, which has a version and no
  /// draft, or is new.
  @Transactional
  public Outcome<WorkflowDraft> bring(String name, String text, String change, Agent by) {
    Optional<Version> newest = Editors.include(by) ? workflows.newest(name) : Optional.empty();
    if (newest.isEmpty()) {
      return create(name, text, change, by);
    }
    if (newest.get().file().text().equals(text)) {
      return Outcome.rejected(
          Reason.TAKEN,
          "This is version %d of “%s” to the letter: there is nothing to bring in."
              .formatted(newest.get().number(), newest.get().title()));
    }
    WorkflowRows.Locked workflow = rows.lockOrMake(name);
    if (drafts.open(name).isPresent()) {
      return Outcome.rejected(
          Reason.TAKEN,
          "“%s” has an open draft; publish it or throw it away, then bring this one in."
              .formatted(name));
    }
    String problem = WORKFLOW.problemWithText(text);
    if (problem != null) {
      return Outcome.rejected(Reason.INVALID, problem);
    }
    return Outcome.accepted(insert(workflow, newest.get().number(), text, change, by));
  }

  /// Saves a text. A draft in review is not written on until it is taken back.
  ///
  /// @param seen the revision that the person had before them
  /// @param change what was changed, in a few words
  @Transactional
  public Outcome<WorkflowDraft> save(String name, long seen, String text, String change, Agent by) {
    String plain = DraftKind.plain(text);
    String problem = WORKFLOW.problemWithText(plain);
    if (problem != null) {
      return Outcome.rejected(Reason.INVALID, problem);
    }
    return write(
        name,
        seen,
        by,
        held -> {
          if (!held.draft().text().content().equals(plain)) {
            long saved = texts.save(held.draft().text().id(), plain, change, by.name());
            drafts.pointTo(saved, held.draft());
            happened(held, "workflow.draft-saved", by);
          }
        });
  }

  /// Goes back to the text before; nothing happens when there is none.
  @Transactional
  public Outcome<WorkflowDraft> undo(String name, long seen, Agent by) {
    return show(name, seen, by, texts::before, "workflow.draft-undone");
  }

  /// Takes the last going back back.
  @Transactional
  public Outcome<WorkflowDraft> redo(String name, long seen, Agent by) {
    return show(name, seen, by, texts::after, "workflow.draft-redone");
  }

  private Outcome<WorkflowDraft> show(
      String name, long seen, Agent by, Function<DraftText, Optional<Long>> other, String kind) {
    return write(
        name,
        seen,
        by,
        held ->
            other
                .apply(held.draft().text())
                .ifPresent(text -> {
                  drafts.pointTo(text, held.draft());
                  happened(held, kind, by);
                }));
  }

  /// Throws the draft away. The versions stay as they are.
  @Transactional
  public Outcome<WorkflowDraft> discard(String name, long seen, Agent by) {
    return drafts
        .hold(name, seen, by)
        .fold(
            held -> {
              drafts.discard(held.draft().id());
              happened(held, "workflow.draft-discarded", by);
              return Outcome.accepted(held.draft());
            },
            rejected -> Outcome.rejected(rejected.reason(), rejected.detail()));
  }

  private Outcome<WorkflowDraft> write(String name, long seen, Agent by, Consumer<Held> change) {
    return drafts
        .hold(name, seen, by)
        .fold(
            held -> {
              if (held.draft().isInReview()) {
                return Outcome.rejected(
                    Reason.OUTDATED, "This draft is in review; take it back before you write on.");
              }
              change.accept(held);
              return Outcome.accepted(drafts.open(name).orElse(held.draft()));
            },
            rejected -> Outcome.rejected(rejected.reason(), rejected.detail()));
  }

  private WorkflowDraft insert(
      WorkflowRows.Locked workflow, @Nullable Integer base, String text, String change, Agent by) {
    drafts.insert(workflow, base, texts.save(null, text, change, by.name()));
    rows.happened(workflow, "workflow.drafted", by.actor(), Map.of());
    return drafts
        .open(workflow.name())
        .orElseThrow(() -> new IllegalStateException("expected the draft just made"));
  }

  private void happened(Held held, String kind, Agent by) {
    rows.happened(held.workflow(), kind, by.actor(), Map.of());
  }
}
