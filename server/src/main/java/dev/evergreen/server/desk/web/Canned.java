package dev.evergreen.server.desk.web;

/// A canned response as the composer offers it: found by its name after `::`, shown with its
/// opening words.
public record Canned(long id, String name, String text) {
  public String opening() {
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }
}
