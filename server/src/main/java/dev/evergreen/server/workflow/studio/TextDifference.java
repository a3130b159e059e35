package dev.evergreen.server.workflow.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How one text became another, line by line: the longest common subsequence of their lines stays,
/// everything else went or came. What stays far from any change is left out.
public record TextDifference(List<Line> lines) {
  private static final int AROUND = 3;

  /// Beyond this the table of the subsequence would grow too large; the middle is then shown as
  /// replaced whole.
  private static final int MOST = 3_000;

  public TextDifference {
    lines = List.copyOf(lines);
  }

  public enum Kind {
    SAME(" "),
    ADDED("+"),
    REMOVED("−"),
    /// Unchanged lines that are not shown.
    GAP("…");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    public String style() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param number of the line in the newer text, or in the older one when it was removed; 0 for a
  ///   gap
  public record Line(Kind kind, int number, String text) {}

  static TextDifference of(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    int start = 0;
    while (start < old.size() && start < now.size() && old.get(start).equals(now.get(start))) {
      start++;
    }
    int end = 0;
    while (end < old.size() - start
        && end < now.size() - start
        && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
      end++;
    }
    var lines = new ArrayList<Line>();
    for (int i = 0; i < start; i++) {
      lines.add(new Line(Kind.SAME, i + 1, now.get(i)));
    }
    middle(
        old.subList(start, old.size() - end), now.subList(start, now.size() - end), start, lines);
    for (int i = now.size() - end; i < now.size(); i++) {
      lines.add(new Line(Kind.SAME, i + 1, now.get(i)));
    }
    return new TextDifference(nearChanges(lines));
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  private static void middle(List<String> old, List<String> now, int offset, List<Line> lines) {
    boolean large = old.size() > MOST || now.size() > MOST;
    int[][] common = large ? new int[old.size() + 1][1] : common(old, now);
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (!large && i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        lines.add(new Line(Kind.SAME, offset + j + 1, now.get(j)));
        i++;
        j++;
      } else if (i < old.size()
          && (j == now.size() || large || common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line(Kind.REMOVED, offset + i + 1, old.get(i)));
        i++;
      } else {
        lines.add(new Line(Kind.ADDED, offset + j + 1, now.get(j)));
        j++;
      }
    }
  }

  /// The length of the longest common subsequence of the rests from each pair of places.
  private static int[][] common(List<String> old, List<String> now) {
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static List<Line> nearChanges(List<Line> lines) {
    var near = new boolean[lines.size()];
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).kind() != Kind.SAME) {
        for (int k = Math.max(0, i - AROUND); k <= Math.min(lines.size() - 1, i + AROUND); k++) {
          near[k] = true;
        }
      }
    }
    var shown = new ArrayList<Line>();
    for (int i = 0; i < near.length; i++) {
      if (near[i]) {
        if (i > 0 && !near[i - 1]) {
          shown.add(new Line(Kind.GAP, 0, ""));
        }
        shown.add(lines.get(i));
      }
    }
    return shown;
  }
}
