package dev.evergreen.language;

/// A place in a file, counted from 1.
record Spot(int line, int column) {
  static final Spot START = new Spot(1, 1);

  Spot right(int columns) {
    return new Spot(line, column + columns);
  }
}
