package dev.evergreen.language;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Reads workflow files, and the files of the processes that they serve.
public final class WorkflowFiles {
  private WorkflowFiles() {}

  /// A file to be read.
  ///
  /// @param file what findings call it
  public record Source(String file, String text) {}

  /// What is known besides the files.
  ///
  /// @param processes of which a workflow is expected to name one; empty when they are not known
  /// @param teams their keys; empty when they are not known, as outside of an installation
  public record Known(
      Collection<WorkflowFile> workflows,
      Collection<ProcessFile> processes,
      Collection<String> teams) {
    public static final Known NOTHING = new Known(List.of(), List.of(), List.of());

    public Known {
      workflows = List.copyOf(workflows);
      processes = List.copyOf(processes);
      teams = List.copyOf(teams);
    }
  }

  /// Reads and checks one file by itself: what its calls lead to is not looked at. Never throws for
  /// what is in the text; everything wrong with it is a finding.
  ///
  /// @param file what findings call the file
  public static Checked read(String file, String text, Catalogue catalogue) {
    var draft = draft(new Source(file, text), catalogue);
    draft.rule(catalogue, Map.of());
    return draft.checked();
  }

  /// The same, with a look at what it calls: the files are checked against each other and against
  /// what is known otherwise, which a file of the same name takes the place of.
  ///
  /// @return for each file, in their order
  public static List<Checked> read(List<Source> files, Catalogue catalogue, Known known) {
    var drafts = files.stream().map(file -> draft(file, catalogue)).toList();
    var neighbors = new Neighbors(drafts, known);
    neighbors.check();
    drafts.forEach(draft -> draft.rule(catalogue, neighbors.workflows()));
    return drafts.stream().map(Draft::checked).toList();
  }

  /// The JSON Schema by which editors complete and check files as they are written, with this
  /// catalogue's names.
  public static String schema(Catalogue catalogue) {
    return Schema.of(catalogue);
  }

  private static Draft draft(Source source, Catalogue catalogue) {
    var findings = new Findings(source.file());
    return switch (Yaml.read(source.text(), findings)) {
      case null -> new Draft(findings, null, null, null, new Notes());
      case Tree.Mapping root
          when root.entry("process").isPresent() && root.entry("workflow").isEmpty() ->
          new Draft(
              findings,
              root,
              null,
              new ProcessReader(findings).read(root, source.text()),
              new Notes());
      case Tree.Mapping root -> {
        var read = new WorkflowReader(catalogue, findings).read(root, source.text());
        yield new Draft(findings, root, read.file(), null, read.notes());
      }
      case Tree other -> {
        findings.error(
            other.at(), other.shape(), "a workflow", "start with `workflow:` and a name");
        yield new Draft(findings, null, null, null, new Notes());
      }
    };
  }
}
