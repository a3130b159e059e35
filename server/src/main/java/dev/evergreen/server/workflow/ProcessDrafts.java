package dev.evergreen.server.workflow;

import static dev.evergreen.server.workflow.DraftKind.PROCESS;

import dev.evergreen.language.Catalogue;
import dev.evergreen.language.Checked;
import dev.evergreen.language.Finding;
import dev.evergreen.language.ProcessFile;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowFiles;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.ProcessRows.Locked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What is being written about processes, text by text. Nothing runs on a process, so whoever may
/// write one puts it in force alone; the ledger says who did.
@Component
public class ProcessDrafts {
  private final ProcessRows rows;
  private final DraftTexts texts;
  private final Processes processes;
  private final Workflows workflows;
  private final OfferedWorkflows offered;
  private final Catalogue catalogue;

  ProcessDrafts(
      ProcessRows rows,
      DraftTexts texts,
      Processes processes,
      Workflows workflows,
      OfferedWorkflows offered,
      Catalogue catalogue) {
    this.rows = rows;
    this.texts = texts;
    this.processes = processes;
    this.workflows = workflows;
    this.offered = offered;
    this.catalogue = catalogue;
  }

  /// The open draft of a process.
  public Optional<ProcessDraft> of(String process) {
    return rows.draft(process);
  }

  /// All open drafts, by the names of their processes.
  public List<ProcessDraft> all() {
    return rows.drafts();
  }

  /// What the checks say of a text, beside the workflows that there are.
  ///
  /// @param file what findings call it
  public Checked check(String file, String text) {
    return WorkflowFiles.read(
            List.of(new WorkflowFiles.Source(file, text)),
            catalogue,
            new WorkflowFiles.Known(workflows(), processes.all(), List.of()))
        .getFirst();
  }

  /// Those in force, and those that came with the program for whoever takes them over.
  public List<WorkflowFile> workflows() {
    var all = new ArrayList<>(workflows.current().stream().map(Version::file).toList());
    var names = new HashSet<>(all.stream().map(file -> file.definition().name()).toList());
    offered.all().stream().filter(it -> !names.contains(it.definition().name())).forEach(all::add);
    return all;
  }

  /// Begins to change a process; gives the open draft if there is one.
  @Transactional
  public Outcome<ProcessDraft> begin(String name, Agent by) {
    Optional<ProcessFile> file = Editors.include(by) ? processes.withName(name) : Optional.empty();
    if (file.isEmpty()) {
      return unknown(name);
    }
    Locked process = rows.lockOrMake(name);
    return rows.draft(name)
        .map(Outcome::accepted)
        .orElseGet(() -> begin(process, file.get().text(), "began with what is in force", by));
  }

  /// Begins a process of that name, which must be free; the text's own name becomes this one.
  ///
  /// @param change what the text is, in a few words
  @Transactional
  public Outcome<ProcessDraft> create(String name, String text, String change, Agent by) {
    return Editors.include(by) && processes.withName(name).isPresent()
        ? Outcome.rejected(
            Reason.TAKEN, "There already is a process “%s”; choose another title.".formatted(name))
        : bring(name, text, change, by);
  }

  /// Makes a text what is being written about the process of that name, which is new or has no
  /// draft.
  @Transactional
  public Outcome<ProcessDraft> bring(String name, String text, String change, Agent by) {
    if (!Editors.include(by)) {
      return unknown(name);
    }
    String problem =
        Optional.ofNullable(PROCESS.problemWithName(name)).orElse(PROCESS.problemWithText(text));
    if (problem != null) {
      return Outcome.rejected(Reason.INVALID, problem);
    }
    if (processes.withName(name).filter(file -> file.text().equals(text)).isPresent()) {
      return Outcome.rejected(
          Reason.TAKEN,
          "This is the process “%s” to the letter: there is nothing to bring in.".formatted(name));
    }
    Locked process = rows.lockOrMake(name);
    return rows.draft(name).isPresent()
        ? Outcome.rejected(
            Reason.TAKEN,
            "Somebody is already writing on the process “%s”; put that in force or throw it away, then bring this one in."
                .formatted(name))
        : begin(process, PROCESS.named(text, name), change, by);
  }

  /// Saves a text.
  ///
  /// @param seen the revision that the person had before them
  /// @param change what was changed, in a few words
  @Transactional
  public Outcome<ProcessDraft> save(String name, long seen, String text, String change, Agent by) {
    String plain = DraftKind.plain(text);
    String problem = PROCESS.problemWithText(plain);
    if (problem != null) {
      return Outcome.rejected(Reason.INVALID, problem);
    }
    return write(
        name,
        seen,
        by,
        (process, draft) -> {
          if (!draft.text().content().equals(plain)) {
            rows.pointTo(texts.save(draft.text().id(), plain, change, by.name()), process);
            rows.happened(process, "process.draft-saved", by);
          }
          return null;
        });
  }

  /// Goes back to the text before; nothing happens when there is none.
  @Transactional
  public Outcome<ProcessDraft> undo(String name, long seen, Agent by) {
    return show(name, seen, by, texts::before, "process.draft-undone");
  }

  /// Takes the last going back back.
  @Transactional
  public Outcome<ProcessDraft> redo(String name, long seen, Agent by) {
    return show(name, seen, by, texts::after, "process.draft-redone");
  }

  private Outcome<ProcessDraft> show(
      String name, long seen, Agent by, Function<DraftText, Optional<Long>> other, String kind) {
    return write(
        name,
        seen,
        by,
        (process, draft) -> {
          other
              .apply(draft.text())
              .ifPresent(text -> {
                rows.pointTo(text, process);
                rows.happened(process, kind, by);
              });
          return null;
        });
  }

  /// Throws the draft away; its texts stay in the database. What is in force stays so.
  @Transactional
  public Outcome<ProcessDraft> discard(String name, long seen, Agent by) {
    return write(
        name,
        seen,
        by,
        (process, _) -> {
          rows.pointTo(null, process);
          rows.happened(process, "process.draft-discarded", by);
          return null;
        });
  }

  /// What is written counts from now on, for everybody.
  @Transactional
  public Outcome<ProcessDraft> putInForce(String name, long seen, Agent by) {
    return write(
        name,
        seen,
        by,
        (process, draft) -> {
          String problem = problem(draft);
          if (problem != null) {
            return Outcome.rejected(Reason.INVALID, problem);
          }
          rows.putInForce(process, by);
          rows.happened(process, "process.put-in-force", by);
          return null;
        });
  }

  /// What people here wrote no longer counts: what came with the program does again, if there is
  /// one.
  @Transactional
  public Outcome<String> withdraw(String name, Agent by) {
    Optional<Locked> process = Editors.include(by) ? rows.lock(name) : Optional.empty();
    if (process.isEmpty() || processes.originOf(name).isEmpty()) {
      return Outcome.rejected(
          Reason.UNKNOWN, "There is no process “%s” of your own in force.".formatted(name));
    }
    rows.withdraw(process.get());
    rows.happened(process.get(), "process.withdrawn", by);
    return Outcome.accepted(name);
  }

  private Outcome<ProcessDraft> begin(Locked process, String text, String change, Agent by) {
    rows.pointTo(texts.save(null, text, change, by.name()), process);
    rows.happened(process, "process.drafted", by);
    return Outcome.accepted(
        rows.draft(process.name())
            .orElseThrow(() -> new IllegalStateException("expected the draft just made")));
  }

  /// Does it unless there is a refusal, and gives the draft as it is then, or was last.
  private Outcome<ProcessDraft> write(
      String name,
      long seen,
      Agent by,
      BiFunction<Locked, ProcessDraft, @Nullable Outcome<ProcessDraft>> verb) {
    Optional<Locked> process = Editors.include(by) ? rows.lock(name) : Optional.empty();
    Optional<ProcessDraft> draft = process.flatMap(it -> rows.draft(it.name()));
    if (process.isEmpty() || draft.isEmpty()) {
      return unknown(name);
    }
    if (draft.get().revision() != seen) {
      return Outcome.rejected(Reason.OUTDATED, draft.get().changedMeanwhile());
    }
    Outcome<ProcessDraft> refusal = verb.apply(process.get(), draft.get());
    return refusal == null ? Outcome.accepted(rows.draft(name).orElse(draft.get())) : refusal;
  }

  /// Why a draft cannot come into force; null when it can.
  private @Nullable String problem(ProcessDraft draft) {
    Checked checked = check(draft.process(), draft.text().content());
    ProcessFile file = checked.process();
    if (file != null) {
      return file.name().equals(draft.process())
          ? null
          : "Expected the text to keep the name “%s”, but it says “%s”."
              .formatted(draft.process(), file.name());
    }
    return checked.findings().stream()
        .filter(finding -> finding.severity() == Finding.Severity.ERROR)
        .findFirst()
        .map(error ->
            "Expected a text without errors, but line %d has %s."
                .formatted(error.line(), error.found()))
        .orElse("Expected a text that begins with `process:`, but this one is of a workflow.");
  }

  private static <T> Outcome<T> unknown(String name) {
    return Outcome.rejected(
        Reason.UNKNOWN,
        "There is no open draft of the process “%s”; it may have been put in force or thrown away meanwhile."
            .formatted(name));
  }
}
