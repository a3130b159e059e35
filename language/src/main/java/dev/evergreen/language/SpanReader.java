package dev.evergreen.language;

import dev.evergreen.engine.Span;
import org.jspecify.annotations.Nullable;

/// Reads a length of time, or a number of times, under a key.
record SpanReader(Findings findings) {
  @Nullable Span span(Section section, String key) {
    var text = section.scalar(key);
    return text == null ? null : span(text, key, section.example(key));
  }

  @Nullable Span span(Tree.Scalar text, String key, String example) {
    var span = Spans.span(text.text());
    if (span.isEmpty()) {
      findings.error(
          text.at(),
          "%s for %s".formatted(Wording.quoted(text.text()), Wording.quoted(key)),
          Spans.EXPECTED,
          "write, for example, " + example);
    }
    return span.orElse(null);
  }

  /// 0, with a finding, when no number from 1 to `most` stands there.
  int times(Section section, String key, int most) {
    var text = section.required(key);
    var times = Spans.times(text).orElse(0);
    if (!text.isEmpty() && (times < 1 || times > most)) {
      findings.error(
          section.spotOf(key),
          "%s for %s".formatted(Wording.quoted(text), Wording.quoted(key)),
          "a number of times from 1 to %d".formatted(most),
          "write, for example, " + section.example(key));
    }
    return times > most ? 0 : times;
  }
}
