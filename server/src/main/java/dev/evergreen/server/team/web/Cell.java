package dev.evergreen.server.team.web;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Cells of a table that people open in a spreadsheet, as RFC 4180 writes them. A text that a
/// spreadsheet would take for a formula begins with an apostrophe instead.
final class Cell {
  private static final String BEGINNINGS = "=+-@\t\r";

  private Cell() {}

  static String line(String... cells) {
    return Arrays.stream(cells).map(Cell::of).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String of(String text) {
    var harmless = !text.isEmpty() && BEGINNINGS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return "\"" + harmless.replace("\"", "\"\"") + "\"";
  }
}
