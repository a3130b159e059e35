package dev.evergreen.server.desk.web;

import java.util.List;

/// A canned response as the composer offers it: found by its name after `::`, shown with its
/// opening words.
public record Canned(long id, String name, String text) {
  public String opening() {
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }

  /// What is offered on one ticket.
  ///
  /// @param isDelicate whether a standard text should be thought over, because of how the customer
  ///   sounds
  public record Offer(List<Canned> responses, boolean isDelicate) {
    public Offer {
      responses = List.copyOf(responses);
    }
  }
}
