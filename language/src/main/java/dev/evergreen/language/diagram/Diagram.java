package dev.evergreen.language.diagram;

import dev.evergreen.engine.Definition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/// The drawing of a workflow: the plain tree, one run's path through it, or the figures of many
/// runs.
///
/// ```java
/// Diagram.of(definition).along(RunPath.of(definition, run, history)).svg(Diagram.WIDE)
/// ```
public final class Diagram {
  /// Fits a phone of 390 pixels with the page's margins: all ways stand below one another.
  public static final int NARROW = 344;

  /// Fits beside the page's navigation on a laptop.
  public static final int WIDE = 880;

  private final Definition definition;
  private final Overlay overlay;
  private final String links;

  private Diagram(Definition definition, Overlay overlay, String links) {
    this.definition = definition;
    this.overlay = overlay;
    this.links = links;
  }

  public static Diagram of(Definition definition) {
    return new Diagram(definition, Overlay.NONE, "#step-");
  }

  /// With the path of one run.
  public Diagram along(RunPath path) {
    return new Diagram(definition, new Overlay(path, overlay.figures(), overlay.said()), links);
  }

  /// With what happened in many runs.
  public Diagram with(Figures figures) {
    return new Diagram(definition, new Overlay(overlay.path(), figures, overlay.said()), links);
  }

  /// With what it says by itself in the reader's language: who is asked, how long, how often.
  /// Titles and conditions are what people wrote, and stay.
  public Diagram saying(UnaryOperator<String> said) {
    return new Diagram(definition, new Overlay(overlay.path(), overlay.figures(), said), links);
  }

  /// Every step leads to `before` followed by its id; `#step-` when nothing else is said.
  public Diagram linkedTo(String before) {
    return new Diagram(definition, overlay, before);
  }

  /// As an element of a page that has the style `diagram.css`.
  ///
  /// @param width in pixels that it should not exceed; only a very deep tree does, on a phone
  public String svg(int width) {
    return SvgWriter.write(scene(width), naming(width), links, "");
  }

  /// For a page that has the style `diagram.css`: drawn for a phone and for a wide screen, of which
  /// only the one that fits is shown and read out. When the drawing is narrow anyway, once.
  public String html() {
    var narrow = svg(NARROW);
    if (scene(WIDE).width() <= NARROW) {
      return "<div class=\"diagram\"><div>%s</div></div>".formatted(narrow);
    }
    return "<div class=\"diagram\"><div class=\"diagram-narrow\">%s</div><div class=\"diagram-wide\">%s</div></div>"
        .formatted(narrow, svg(WIDE));
  }

  /// As a file of its own, which brings its style and follows the light or dark of its viewer.
  public String file(int width) {
    return SvgWriter.write(scene(width), naming(width), links, style());
  }

  Scene scene(int width) {
    return Layout.of(definition, overlay, width);
  }

  /// How the drawing is called where it cannot be seen.
  record Naming(String id, String title, String about) {}

  private Naming naming(int width) {
    var about =
        overlay.path() != null
            ? "The path of one run. Every step is a link and says whether it was done."
            : overlay.figures() != null
                ? "Its steps from the start to the end, each with how often it was done and how long it took. Every step is a link."
                : "Its steps from the start to the end. Every step is a link.";
    return new Naming(
        "diagram-%s-%d-%d".formatted(definition.name(), definition.version(), width),
        definition.title(),
        overlay.said().apply(about));
  }

  private static String style() {
    try (var file = Diagram.class.getResourceAsStream("/assets/diagram.css")) {
      if (file == null) {
        throw new IllegalStateException("expected assets/diagram.css on the class path");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
