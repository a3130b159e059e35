package dev.evergreen.language;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Where in a text its characters stand; lines and columns count from 1.
final class TextPlaces {
  private final int[] starts;

  TextPlaces(String text) {
    starts =
        IntStream.concat(
                IntStream.of(0),
                IntStream.range(0, text.length())
                    .filter(at -> text.charAt(at) == '\n')
                    .map(at -> at + 1))
            .toArray();
  }

  int line(int at) {
    int found = Arrays.binarySearch(starts, at);
    return found >= 0 ? found + 1 : -found - 1;
  }

  int column(int at) {
    return at - starts[line(at) - 1] + 1;
  }
}
