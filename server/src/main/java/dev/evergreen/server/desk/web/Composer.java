package dev.evergreen.server.desk.web;

import java.util.List;

/// Where an agent writes: to the customer, or a note. What was written so far is kept. `problem`
/// says why it was not sent; empty when nothing was refused.
public record Composer(
    long number,
    String customer,
    Draft written,
    List<Canned> canned,
    boolean mayReply,
    String problem) {

  public Composer {
    canned = List.copyOf(canned);
  }

  /// What has been written so far, and whether it is a note.
  public record Draft(String text, boolean note) {
    static final Draft EMPTY = new Draft("", false);
  }

  /// A canned response: found by its name after `::`, shown with its opening words.
  public record Canned(long id, String name, String text) {
    public String opening() {
      String line = text.strip().lines().findFirst().orElse("");
      return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
  }

  public String draft() {
    return written.text();
  }

  public boolean isNote() {
    return written.note() || !mayReply;
  }
}
