package dev.evergreen.language;

/// Reads workflow files.
public final class WorkflowFiles {
  private WorkflowFiles() {}

  /// Reads and checks one file. Never throws for what is in the text; everything wrong with it is a
  /// finding.
  ///
  /// @param file what findings call the file
  public static Checked read(String file, String text, Catalogue catalogue) {
    throw new UnsupportedOperationException("to be written: " + file + text + catalogue);
  }
}
