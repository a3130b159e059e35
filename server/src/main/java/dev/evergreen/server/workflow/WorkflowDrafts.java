package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.DraftRows.Held;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What is being written: the next version of a workflow, text by text. No text that was saved is
/// ever lost; going back and forward only changes which one counts.
@Component
public class WorkflowDrafts {
  /// Longer than any workflow that people can read.
  private static final int LONGEST = 200_000;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,79}");
  private static final Pattern NAME_LINE = Pattern.compile("(?m)^workflow:[ \\t]*\\S.*$");

  private final JdbcClient database;
  private final Workflows workflows;
  private final WorkflowRows rows;
  private final DraftRows drafts;

  WorkflowDrafts(JdbcClient database, Workflows workflows, WorkflowRows rows, DraftRows drafts) {
    this.database = database;
    this.workflows = workflows;
    this.rows = rows;
    this.drafts = drafts;
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
    if (!NAME.matcher(name).matches()) {
      return Outcome.rejected(
          Reason.INVALID,
          "Expected a name of small letters, digits and hyphens that begins with a letter, such as"
              + " product-return; found “%s”.".formatted(name));
    }
    if (text.length() > LONGEST) {
      return Outcome.rejected(Reason.INVALID, tooLong(text));
    }
    WorkflowRows.Locked workflow = rows.lockOrMake(name);
    if (workflows.newest(name).isPresent() || drafts.open(name).isPresent()) {
      return Outcome.rejected(
          Reason.TAKEN, "There already is a workflow “%s”; choose another name.".formatted(name));
    }
    return Outcome.accepted(insert(workflow, null, named(text, name), change, by));
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
    if (text.length() > LONGEST) {
      return Outcome.rejected(Reason.INVALID, tooLong(text));
    }
    return Outcome.accepted(insert(workflow, newest.get().number(), text, change, by));
  }

  /// Saves a text. A draft in review is not written on until it is taken back.
  ///
  /// @param seen the revision that the person had before them
  /// @param change what was changed, in a few words
  @Transactional
  public Outcome<WorkflowDraft> save(String name, long seen, String text, String change, Agent by) {
    String plain = text.replace("\r\n", "\n").replace("\0", "");
    if (plain.length() > LONGEST) {
      return Outcome.rejected(Reason.INVALID, tooLong(plain));
    }
    return write(
        name,
        seen,
        by,
        held -> {
          if (!held.draft().text().content().equals(plain)) {
            drafts.write(held.draft().id(), plain, change, by.name());
            happened(held, "workflow.draft-saved", by);
          }
        });
  }

  /// Goes back to the text before; harmless when there is none.
  @Transactional
  public Outcome<WorkflowDraft> undo(String name, long seen, Agent by) {
    return write(
        name,
        seen,
        by,
        held -> {
          drafts.goBack(held.draft().id());
          happened(held, "workflow.draft-undone", by);
        });
  }

  /// Takes the last going back back.
  @Transactional
  public Outcome<WorkflowDraft> redo(String name, long seen, Agent by) {
    return write(
        name,
        seen,
        by,
        held -> {
          drafts.goForward(held.draft().id());
          happened(held, "workflow.draft-redone", by);
        });
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
    long id = drafts.insert(workflow, base);
    drafts.write(id, text, change, by.name());
    rows.happened(workflow, "workflow.drafted", by.actor(), Map.of());
    return drafts
        .open(workflow.name())
        .orElseThrow(() -> new IllegalStateException("expected the draft just made"));
  }

  private void happened(Held held, String kind, Agent by) {
    rows.happened(held.workflow(), kind, by.actor(), Map.of());
  }

  private static String tooLong(String text) {
    return "Expected at most %,d characters, but found %,d.".formatted(LONGEST, text.length());
  }

  /// The text with its `workflow:` line saying that name.
  private static String named(String text, String name) {
    var line = NAME_LINE.matcher(text);
    return line.find() ? line.replaceFirst("workflow: " + name) : text;
  }
}
