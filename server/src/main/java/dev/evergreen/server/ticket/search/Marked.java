package dev.evergreen.server.ticket.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A text in pieces, of which some are marked because they were searched for. The pieces are plain
/// text, to be escaped like any other.
public record Marked(List<Piece> pieces) {
  private static final int AROUND = 70;
  private static final int LONGEST = 220;
  private static final int LONGEST_ENDING = 3;
  private static final int SHORTEST_STEM = 4;

  public Marked {
    pieces = List.copyOf(pieces);
  }

  public record Piece(String text, boolean isMarked) {}

  boolean hasMarks() {
    return pieces.stream().anyMatch(Piece::isMarked);
  }

  /// The whole text, with what was searched for marked.
  static Marked whole(String text, List<String> folded) {
    var pieces = new ArrayList<Piece>();
    int plain = 0;
    int at = 0;
    while (at < text.length()) {
      if (!Character.isLetterOrDigit(text.charAt(at))) {
        at++;
        continue;
      }
      int end = at + 1;
      while (end < text.length() && isInWord(text.charAt(end))) {
        end++;
      }
      var word = fold(text.substring(at, end));
      if (folded.stream().anyMatch(wanted -> isMeant(word, wanted))) {
        add(pieces, text.substring(plain, at), false);
        add(pieces, text.substring(at, end), true);
        plain = end;
      }
      at = end;
    }
    add(pieces, text.substring(plain), false);
    return new Marked(pieces);
  }

  /// The part of a text around the first place where something was found; its beginning when
  /// nothing was.
  static Marked around(String text, List<String> folded) {
    var line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    int from = 0;
    int place = 0;
    for (var piece : whole(line, folded).pieces()) {
      if (piece.isMarked()) {
        from = Math.max(0, place - AROUND);
        break;
      }
      place += piece.text().length();
    }
    while (from > 0 && !Character.isWhitespace(line.charAt(from - 1))) {
      from--;
    }
    int to = Math.min(line.length(), from + LONGEST);
    if (to < line.length() && Character.isHighSurrogate(line.charAt(to - 1))) {
      to--;
    }
    return whole(
        (from > 0 ? "… " : "") + line.substring(from, to) + (to < line.length() ? " …" : ""),
        folded);
  }

  /// As the database folds what it indexes: small letters without accents.
  static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("[\\u0300-\\u036f]+", "")
        .toLowerCase(Locale.ROOT)
        .replace("ß", "ss")
        .replace("æ", "ae")
        .replace("œ", "oe")
        .replace('ø', 'o')
        .replace('ł', 'l')
        .replace('đ', 'd')
        .replace('ħ', 'h')
        .replace('ı', 'i');
  }

  /// Begins like what is wanted, or has its stem with another ending.
  private static boolean isMeant(String word, String wanted) {
    if (word.startsWith(wanted)) {
      return true;
    }
    int stem = Math.max(SHORTEST_STEM, wanted.length() - LONGEST_ENDING);
    return wanted.length() >= stem
        && word.length() <= wanted.length() + LONGEST_ENDING
        && word.startsWith(wanted.substring(0, stem));
  }

  private static boolean isInWord(char sign) {
    int type = Character.getType(sign);
    return Character.isLetterOrDigit(sign)
        || type == Character.NON_SPACING_MARK
        || Character.isSurrogate(sign);
  }

  private static void add(List<Piece> pieces, String text, boolean marked) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(text, marked));
    }
  }
}
