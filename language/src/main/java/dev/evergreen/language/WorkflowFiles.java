package dev.evergreen.language;

/// Reads workflow files.
public final class WorkflowFiles {
  private WorkflowFiles() {}

  /// Reads and checks one file. Never throws for what is in the text; everything wrong with it is a
  /// finding.
  ///
  /// @param file what findings call the file
  public static Checked read(String file, String text, Catalogue catalogue) {
    var findings = new Findings(file);
    return switch (Yaml.read(text, findings)) {
      case null -> new Checked(null, findings.inOrder());
      case Tree.Mapping root -> {
        var workflow = new WorkflowReader(catalogue, findings).read(root, text);
        yield new Checked(findings.hasErrors() ? null : workflow, findings.inOrder());
      }
      case Tree other -> {
        findings.error(
            other.at(), other.shape(), "a workflow", "start with `workflow:` and a name");
        yield new Checked(null, findings.inOrder());
      }
    };
  }
}
