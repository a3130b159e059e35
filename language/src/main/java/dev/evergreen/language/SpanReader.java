package dev.evergreen.language;

import dev.evergreen.engine.Span;
import org.jspecify.annotations.Nullable;

/// Reads a length of time under a key.
record SpanReader(Findings findings) {
  @Nullable Span span(Section section, String key) {
    var text = section.scalar(key, "4 business hours");
    if (text == null) {
      return null;
    }
    var span = Spans.span(text.text());
    if (span.isEmpty()) {
      findings.error(
          text.at(),
          "%s for %s".formatted(Wording.quoted(text.text()), Wording.quoted(key)),
          Spans.EXPECTED,
          "write, for example, `%s: 4 business hours`".formatted(key));
    }
    return span.orElse(null);
  }
}
