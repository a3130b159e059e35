package dev.evergreen.language.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// How wide text is, without a font at hand: the advance widths of Inter's semibold, in thousandths
/// of the font's height; each style adds its breadth.
final class Typeface {
  private static final int[] ASCII = {
    252, 321, 523, 644, 650, 1004, 663, 326, 373, 373, 540, 673, 319, 465, 319, 379, 660, 423, 623,
    636, 666, 612, 640, 576, 640, 640, 319, 329, 673, 673, 673, 543, 999, 728, 659, 737, 722, 605,
    588, 749, 746, 277, 580, 703, 565, 922, 759, 769, 645, 773, 652, 650, 660, 736, 728, 1020, 720,
    713, 652, 373, 379, 373, 481, 469, 351, 574, 624, 583, 624, 591, 389, 625, 612, 262, 262, 569,
    262, 900, 612, 609, 624, 624, 397, 549, 353, 612, 587, 839, 569, 588, 566, 455, 359, 455, 673
  };

  /// A long word may be broken behind these, so that names of events and formulas break well.
  private static final Pattern SEAMS = Pattern.compile("(?<=[.\\-_/(&|,=])(?=[^\\s.&|=])");

  private Typeface() {}

  static int width(String text, Shape.Style style) {
    double sum = text.codePoints().map(Typeface::advance).sum();
    return (int) Math.ceil(sum * style.size() * style.breadth() / 1000);
  }

  private static int advance(int point) {
    if (point < ' ') {
      return ASCII[0];
    }
    if (point <= '~') {
      return ASCII[point - ' '];
    }
    if (point == '·') {
      return 319;
    }
    if (point >= 0x1100) {
      return point >= 0x2000 && point < 0x2E80 ? 1000 : 1100;
    }
    return point < 0x250 && Character.isLowerCase(point) ? 660 : 900;
  }

  /// The text in lines of at most `width`; the last of `most` lines ends in … when there is more.
  static List<String> wrap(String text, Shape.Style style, int width, int most) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (String word : text.strip().split("\\s+")) {
      String gap = line.isEmpty() ? "" : " ";
      if (width(line + gap + word, style) <= width) {
        line.append(gap).append(word);
        continue;
      }
      if (!line.isEmpty() && width(word, style) <= width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(word);
        continue;
      }
      if (!line.isEmpty()) {
        line.append(' ');
      }
      broken(word, style, width, line, lines);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines.size() <= most ? lines : cut(lines.subList(0, most), style, width);
  }

  /// Adds a word that is too long for a line, at its seams where it has some.
  private static void broken(
      String word, Shape.Style style, int width, StringBuilder line, List<String> lines) {
    for (String part : SEAMS.split(word)) {
      if (width(line + part, style) > width && !line.isEmpty()) {
        lines.add(line.toString().strip());
        line.setLength(0);
      }
      for (int point : part.codePoints().toArray()) {
        if (!line.isEmpty() && width(line + Character.toString(point), style) > width) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.appendCodePoint(point);
      }
    }
  }

  private static List<String> cut(List<String> lines, Shape.Style style, int width) {
    var kept = new ArrayList<>(lines);
    var last = new StringBuilder(kept.removeLast());
    while (!last.isEmpty() && width(last + "…", style) > width) {
      last.setLength(last.offsetByCodePoints(last.length(), -1));
    }
    kept.add(last.toString().strip() + "…");
    return kept;
  }
}
