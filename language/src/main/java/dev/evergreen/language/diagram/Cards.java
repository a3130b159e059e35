package dev.evergreen.language.diagram;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Step;
import dev.evergreen.language.diagram.Shape.Bar;
import dev.evergreen.language.diagram.Shape.Card;
import dev.evergreen.language.diagram.Shape.Label;
import dev.evergreen.language.diagram.Shape.Line;
import dev.evergreen.language.diagram.Shape.Link;
import dev.evergreen.language.diagram.Shape.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Cards and labels with their text set in lines.
record Cards(Overlay overlay, Words.Scheme scheme) {
  private static final int LEFT = 38;
  private static final int RIGHT = 12;
  private static final int PAD = 9;
  private static final int BADGE = 26;
  private static final int LABEL_PAD = 10;
  private static final int BAR = 56;
  private static final int TITLE_LINES = 4;
  private static final int ABOUT_LINES = 5;
  private static final int LABEL_LINES = 4;

  Card start(List<Definition.Trigger> starts, int x, int y, int width) {
    var words = Words.start(starts, scheme);
    var standing = overlay.path() == null ? null : Standing.DONE;
    return card(words, "", standing, x, y, width, false, null);
  }

  /// After the last step of a workflow that does not say how it ends.
  Card end(int x, int y, int width) {
    var standing =
        overlay.path() == null ? null : overlay.isOver() ? Standing.DONE : Standing.AHEAD;
    return card(new Words(Icon.END, "Done", ""), "", standing, x, y, width, false, null);
  }

  Card step(Step step, int x, int y, int width, boolean bare) {
    return card(
        Words.of(step, scheme),
        step.id(),
        overlay.standing(step.id()),
        x,
        y,
        width,
        bare,
        overlay.figure(step.id()));
  }

  int labelWidth(Way way, int most) {
    return Math.min(most, Typeface.width(says(way), Style.LABEL) + 2 * LABEL_PAD);
  }

  /// As wide as what it says, `most` at most.
  Label label(Way way, int x, int y, int most, boolean taken) {
    var says = says(way);
    var lines = new ArrayList<Line>();
    int bottom =
        set(says, Style.LABEL, LABEL_LINES, x + LABEL_PAD, y + 2, most - 2 * LABEL_PAD, lines);
    int text = lines.stream().mapToInt(line -> line.box().width()).max().orElse(0);
    int width = Math.max(text + 2 * LABEL_PAD, 2 * Layout.AXIS);
    boolean alongside = way.handler() != null && way.handler().alongside();
    return new Label(new Box(x, y, width, bottom + 2 - y), lines, says, taken, alongside);
  }

  private String says(Way way) {
    Long count = overlay.count(way);
    String says = overlay.said().apply(way.says());
    return count == null ? says : says + " · " + grouped(count);
  }

  private Card card(
      Words english,
      String step,
      @Nullable Standing standing,
      int x,
      int y,
      int width,
      boolean bare,
      Figures.@Nullable Figure figure) {
    var words = english.said(overlay.said());
    var lines = new ArrayList<Line>();
    int left = x + LEFT;
    int room = width - LEFT - RIGHT;
    boolean badge = standing != null && standing != Standing.AHEAD;
    int bottom =
        set(
            words.title(),
            Style.TITLE,
            TITLE_LINES,
            left,
            y + PAD,
            badge ? room - BADGE : room,
            lines);
    var about = standing == null ? words.about() : about(words, standing, step);
    bottom = set(about, Style.ABOUT, ABOUT_LINES, left, bottom, room, lines);
    Bar bar = null;
    if (figure != null) {
      bar = bar(figure, left, bottom, room);
      int shift = bar == null ? 0 : bar.box().width() + 8;
      bottom =
          set(told(figure), Style.ABOUT, 1, left + shift, bottom, Math.max(room - shift, 1), lines);
    }
    var says = words.about().isEmpty() ? words.title() : words.title() + ": " + words.about();
    if (standing != null) {
      says += ", " + overlay.said().apply(standing.words());
    }
    var box = new Box(x, y, width, bottom + PAD - y);
    return new Card(box, words.icon(), lines, new Link(step, says, standing), bare, bar);
  }

  /// A run's drawing says where the run stands instead of only colouring it.
  private String about(Words words, Standing standing, String step) {
    int times = overlay.times(step);
    var said =
        standing.isOpen() || standing == Standing.SKIPPED || standing == Standing.WITHDRAWN
            ? overlay.said().apply(standing.words())
            : "";
    if (times > 1) {
      var often = overlay.said().apply(times + " times");
      said = said.isEmpty() ? often : said + ", " + often;
    }
    if (said.isEmpty()) {
      return words.about();
    }
    said = said.substring(0, 1).toUpperCase(Locale.ROOT) + said.substring(1);
    return words.about().isEmpty() ? said : said + " · " + words.about();
  }

  private @Nullable Bar bar(Figures.Figure figure, int x, int y, int room) {
    Duration median = figure.median();
    Duration longest = overlay.longest();
    if (median == null
        || longest == null
        || median.compareTo(Figures.LEAST) < 0
        || median.compareTo(longest) > 0) {
      return null;
    }
    int width = (int) Math.max(3, Math.min(room / 3, BAR) * median.toMillis() / longest.toMillis());
    return new Bar(new Box(x, y + 6, width, 6), median.equals(longest));
  }

  private String told(Figures.Figure figure) {
    var count =
        overlay.said().apply(figure.visits() == 1 ? "once" : grouped(figure.visits()) + " times");
    if (figure.skipped() > 0) {
      count += ", " + overlay.said().apply(grouped(figure.skipped()) + " skipped");
    }
    Duration median = figure.median();
    return median == null || median.compareTo(Figures.LEAST) < 0
        ? count
        : Figures.words(median) + " · " + count;
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// @return where the text ends
  private static int set(
      String text, Style style, int most, int x, int y, int width, List<Line> lines) {
    int bottom = y;
    for (String line :
        text.isBlank() ? List.<String>of() : Typeface.wrap(text, style, width, most)) {
      int wide = Typeface.width(line, style);
      lines.add(new Line(new Box(x, bottom, wide, style.leading()), line, style));
      bottom += style.leading();
    }
    return bottom;
  }
}
