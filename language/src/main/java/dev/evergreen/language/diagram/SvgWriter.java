package dev.evergreen.language.diagram;

import dev.evergreen.language.diagram.Shape.Card;
import dev.evergreen.language.diagram.Shape.Frame;
import dev.evergreen.language.diagram.Shape.Label;
import dev.evergreen.language.diagram.Shape.Line;
import dev.evergreen.language.diagram.Shape.Marker;
import dev.evergreen.language.diagram.Shape.Point;
import dev.evergreen.language.diagram.Shape.Style;
import dev.evergreen.language.diagram.Shape.Sync;
import dev.evergreen.language.diagram.Shape.Wire;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A scene as SVG. Colours come from `diagram.css`; nothing here runs or loads anything.
final class SvgWriter {
  private static final int RADIUS = 9;

  private final Scene scene;
  private final String links;
  private final StringBuilder out = new StringBuilder();

  private SvgWriter(Scene scene, String links) {
    this.scene = scene;
    this.links = links;
  }

  /// @param style goes into the drawing, for one that stands alone; empty inside of a page
  static String write(Scene scene, Diagram.Naming naming, String links, String style) {
    return new SvgWriter(scene, links).whole(naming, style);
  }

  private String whole(Diagram.Naming naming, String style) {
    put(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram-drawing\" role=\"group\""
            + " aria-labelledby=\"%s-title\" aria-describedby=\"%s-about\" width=\"%d\""
            + " height=\"%d\" viewBox=\"0 0 %d %d\">\n",
        naming.id(), naming.id(), scene.width(), scene.height(), scene.width(), scene.height());
    put("<title id=\"%s-title\">%s</title>", naming.id(), text(naming.title()));
    put("<desc id=\"%s-about\">%s</desc>\n", naming.id(), text(naming.about()));
    if (!style.isEmpty()) {
      put("<style>%s</style>\n", text(style));
    }
    each(Frame.class, _ -> true, this::frame);
    each(Wire.class, wire -> !wire.taken(), this::wire);
    each(Wire.class, Wire::taken, this::wire);
    each(Sync.class, _ -> true, this::sync);
    each(Label.class, _ -> true, this::label);
    each(Card.class, _ -> true, this::card);
    each(Marker.class, _ -> true, this::marker);
    return out.append("</svg>\n").toString();
  }

  private <S extends Shape> void each(
      Class<S> kind, Predicate<S> which, java.util.function.Consumer<S> write) {
    scene.shapes().stream().filter(kind::isInstance).map(kind::cast).filter(which).forEach(write);
  }

  private void frame(Frame frame) {
    put(
        "<rect class=\"dg-frame%s%s\" %s rx=\"10\"/>\n",
        frame.loop() ? " dg-loop" : "", css(frame.standing()), inset(frame.box()));
  }

  private void wire(Wire wire) {
    put(
        "<path class=\"dg-wire%s%s%s\" d=\"%s\"/>\n",
        wire.taken() ? " dg-taken" : "",
        wire.dashed() ? " dg-beside" : "",
        wire.weight() > 0 ? " dg-weight-" + Math.ceilDiv((int) (wire.weight() * 100), 20) : "",
        rounded(wire.corners()));
    tip(wire);
  }

  private void tip(Wire wire) {
    var end = wire.corners().getLast();
    var before = wire.corners().get(wire.corners().size() - 2);
    switch (wire.tip()) {
      case NONE -> {
        // The card that follows is the tip.
      }
      case DOT ->
          put(
              "<circle class=\"dg-tip%s\" cx=\"%d\" cy=\"%d\" r=\"3.5\"/>\n",
              wire.taken() ? " dg-taken" : "", end.x(), end.y());
      case ARROW -> {
        int dx = Integer.signum(end.x() - before.x());
        int dy = Integer.signum(end.y() - before.y());
        put(
            "<path class=\"dg-tip%s\" d=\"M%d %dL%d %dL%d %dz\"/>\n",
            wire.taken() ? " dg-taken" : "",
            end.x() + 3 * dx,
            end.y() + 3 * dy,
            end.x() - 3 * dx - 4 * dy,
            end.y() - 3 * dy - 4 * dx,
            end.x() - 3 * dx + 4 * dy,
            end.y() - 3 * dy + 4 * dx);
      }
    }
  }

  private void sync(Sync sync) {
    put(
        "<rect class=\"dg-sync%s\" %s rx=\"2\"/>\n",
        sync.taken() ? " dg-taken" : "", plain(sync.box()));
  }

  private void label(Label label) {
    put(
        "<g class=\"dg-label%s%s\">",
        label.taken() ? " dg-taken" : "", label.dashed() ? " dg-beside" : "");
    if (!label.says().equals(said(label.lines()))) {
      put("<title>%s</title>", text(label.says()));
    }
    put("<rect %s rx=\"%d\"/>", inset(label.box()), Math.min(11, label.box().height() / 2));
    lines(label.lines());
    put("</g>\n");
  }

  private void card(Card card) {
    var link = card.link();
    boolean leads = !link.step().isEmpty();
    var css = "dg-card" + (card.bare() ? " dg-bare" : "") + css(link.standing());
    if (leads) {
      put(
          "<a class=\"%s\" href=\"%s\" data-step=\"%s\" aria-label=\"%s\">",
          css, attribute(links + link.step()), attribute(link.step()), attribute(link.says()));
    } else {
      put("<g class=\"%s\">", css);
    }
    put("<rect %s rx=\"8\"/>", inset(card.box()));
    icon(card.icon(), card.box().x() + 13, card.box().y() + 10, 18, "dg-icon");
    badge(card);
    if (card.bar() != null) {
      put(
          "<rect class=\"dg-bar%s\" %s rx=\"3\"/>",
          card.bar().longest() ? " dg-longest" : "", plain(card.bar().box()));
    }
    lines(card.lines());
    put(leads ? "</a>\n" : "</g>\n");
  }

  private void badge(Card card) {
    var standing = card.link().standing();
    var icon =
        switch (standing) {
          case null -> null;
          case DONE -> Icon.DONE;
          case CURRENT -> null;
          case WAITING -> Icon.CLOCK;
          case FAULT -> Icon.FAILURE;
          case SKIPPED, WITHDRAWN -> Icon.SKIPPED;
          case AHEAD -> null;
        };
    int x = card.box().right() - 29;
    int y = card.box().y() + 11;
    if (icon != null) {
      icon(icon, x, y, 16, "dg-badge");
    } else if (standing == Standing.CURRENT) {
      put("<circle class=\"dg-now\" cx=\"%d\" cy=\"%d\" r=\"5\"/>", x + 8, y + 8);
    }
  }

  private void marker(Marker marker) {
    var box = marker.box();
    put(
        "<g class=\"dg-marker%s%s\"><circle cx=\"%d\" cy=\"%d\" r=\"%d\"/>",
        marker.alongside() ? " dg-beside" : "",
        marker.taken() ? " dg-taken" : "",
        box.x() + box.width() / 2,
        box.y() + box.height() / 2,
        box.width() / 2);
    icon(marker.icon(), box.x() + 4, box.y() + 4, box.width() - 8, "dg-icon");
    put("</g>\n");
  }

  private void icon(Icon icon, int x, int y, int size, String css) {
    put(
        "<path class=\"%s\" transform=\"translate(%d %d) scale(%s)\" d=\"%s\"/>",
        css, x, y, decimal(size / 24.0), icon.path());
  }

  private void lines(List<Line> lines) {
    for (Line line : lines) {
      int baseline =
          line.box().y() + line.style().leading() - (line.style() == Style.TITLE ? 6 : 5);
      put(
          "<text class=\"dg-%s\" x=\"%d\" y=\"%d\">%s</text>",
          line.style().name().toLowerCase(Locale.ROOT),
          line.box().x(),
          baseline,
          text(line.text()));
    }
  }

  private static String said(List<Line> lines) {
    return String.join(" ", lines.stream().map(Line::text).toList());
  }

  private static String css(@Nullable Standing standing) {
    return standing == null ? "" : " dg-" + standing.name().toLowerCase(Locale.ROOT);
  }

  /// Lines of one pixel are sharp in the middle of a pixel.
  private static String inset(Box box) {
    return "x=\"%d.5\" y=\"%d.5\" width=\"%d\" height=\"%d\""
        .formatted(box.x(), box.y(), box.width() - 1, box.height() - 1);
  }

  private static String plain(Box box) {
    return "x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\""
        .formatted(box.x(), box.y(), box.width(), box.height());
  }

  /// A path through the corners that takes each turn as a quarter of a circle.
  private static String rounded(List<Point> corners) {
    var path =
        new StringBuilder("M%d %d".formatted(corners.getFirst().x(), corners.getFirst().y()));
    for (int i = 1; i < corners.size() - 1; i++) {
      var turn = corners.get(i);
      var before = toward(turn, corners.get(i - 1), i > 1);
      var after = toward(turn, corners.get(i + 1), i < corners.size() - 2);
      path.append(
          "L%d %dQ%d %d %d %d"
              .formatted(before.x(), before.y(), turn.x(), turn.y(), after.x(), after.y()));
    }
    var last = corners.getLast();
    return path.append("L%d %d".formatted(last.x(), last.y())).toString();
  }

  /// @param shared whether the other end turns as well, and needs its half
  private static Point toward(Point turn, Point other, boolean shared) {
    int dx = other.x() - turn.x();
    int dy = other.y() - turn.y();
    int reach = Math.min(RADIUS, Math.max(Math.abs(dx), Math.abs(dy)) / (shared ? 2 : 1));
    return new Point(turn.x() + Integer.signum(dx) * reach, turn.y() + Integer.signum(dy) * reach);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  @SuppressWarnings("AnnotateFormatMethod") // of one file, whose tests write every format
  private void put(String format, Object... values) {
    out.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
  }

  private static String attribute(String text) {
    return text(text).replace("\"", "&quot;");
  }

  /// Safe in XML: escaped, and without the characters that XML 1.0 cannot hold.
  private static String text(String text) {
    var safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            default -> safe.appendCodePoint(isXml(point) ? point : 0xFFFD);
          }
        });
    return safe.toString();
  }

  private static boolean isXml(int point) {
    return point == '\t'
        || point == '\n'
        || point == '\r'
        || (point >= 0x20 && point <= 0xD7FF)
        || (point >= 0xE000 && point <= 0xFFFD)
        || point >= 0x10000;
  }
}
