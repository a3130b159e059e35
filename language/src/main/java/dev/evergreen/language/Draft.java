package dev.evergreen.language;

import org.jspecify.annotations.Nullable;

/// A file that has been read and is not yet compared with the others.
///
/// @param workflow what could be read of it, errors or not
record Draft(
    Findings findings,
    @Nullable WorkflowFile workflow,
    @Nullable ProcessFile process,
    Notes notes) {

  Checked checked() {
    boolean usable = !findings.hasErrors();
    return new Checked(
        usable ? workflow : null, usable ? process : null, findings.inOrder());
  }
}
