package dev.evergreen.server.desk.web;

/// Where an agent writes: to the customer, or a note. What was written so far is kept. `problem`
/// says why it was not sent; empty when nothing was refused.
public record Composer(
    long number, String customer, Draft written, boolean mayReply, String problem) {

  /// What has been written so far, and whether it is a note.
  public record Draft(String text, boolean note) {
    static final Draft EMPTY = new Draft("", false);
  }

  public String draft() {
    return written.text();
  }

  public boolean isNote() {
    return written.note() || !mayReply;
  }
}
