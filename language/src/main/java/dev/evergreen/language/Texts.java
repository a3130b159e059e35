package dev.evergreen.language;

import java.util.List;
import java.util.stream.Stream;

/// Whether a Liquid text reads only what exists where it is sent from.
record Texts(Reading reading) {

  /// A text that stands in the file itself; it may read run data, too.
  void check(Tree.Scalar at, String liquid) {
    try {
      for (var name : TextTemplate.parse(liquid).names()) {
        if (!isKnown(name.path())) {
          reading.findings().unknown(at.at(), "name %s in a text", name.path(), known());
        }
      }
    } catch (TextTemplate.Malformed e) {
      reading
          .findings()
          .error(
              at.at(),
              "a text that is no Liquid: " + e.getMessage(),
              "text with values such as `{{ customer.name }}`",
              "look at the braces, and at what stands between them");
    }
  }

  /// A message text by its name: it must not read what this workflow's subject does not have.
  void check(Tree.Scalar name) {
    for (var path : reading.catalogue().namesReadBy(name.text())) {
      if (!isKnown(path)) {
        reading
            .findings()
            .error(
                name.at(),
                "the message text %s, which reads %s"
                    .formatted(Wording.quoted(name.text()), Wording.quoted(path)),
                "a text that reads only %s".formatted(Wording.list(groups())),
                "take another text, or mend that one");
      }
    }
  }

  private boolean isKnown(String path) {
    // Steps into a value, as in `customer.name.size`, are Liquid's own affair.
    return known().stream().anyMatch(name -> path.equals(name) || path.startsWith(name + "."));
  }

  private List<String> known() {
    return Stream.concat(
            reading.scope().names().stream().filter(name -> !name.equals("now")),
            reading.catalogue().textValues().stream()
                .flatMap(group ->
                    group.fields().stream().map(field -> group.name() + "." + field.name())))
        .sorted()
        .toList();
  }

  private List<String> groups() {
    return known().stream().map(name -> name.split("\\.", 2)[0]).distinct().toList();
  }
}
