package dev.evergreen.server.transfer;

/// Something in an export that did not fit: where, what was expected, what was found. Everything
/// else of it was taken.
public record Finding(String place, String expected, String found) {
  private static final int LONGEST = 200;

  public Finding {
    expected = shortened(expected);
    found = shortened(found);
  }

  private static String shortened(String text) {
    var line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  @Override
  public String toString() {
    return "%s: expected %s, but found %s".formatted(place, expected, found);
  }
}
