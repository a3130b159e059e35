package dev.evergreen.language;

import java.util.List;

/// Whether an event that a file names exists and happens to what the file is about.
final class EventChecks {
  private EventChecks() {}

  static void check(Tree.Scalar event, String about, Catalogue catalogue, Findings findings) {
    var type = catalogue.event(event.text());
    var fitting =
        catalogue.events().stream()
            .filter(it -> it.about().equals(about))
            .map(EventType::kind)
            .toList();
    if (type.isEmpty()) {
      findings.unknown(event.at(), "event %s", event.text(), fitting);
    } else if (!type.get().about().equals(about)) {
      findings.error(
          event.at(),
          "%s, an event about %s"
              .formatted(Wording.quoted(event.text()), Wording.quoted(type.get().about())),
          "an event about %s".formatted(Wording.quoted(about)),
          "name one of %s".formatted(Wording.list(fitting)));
    }
  }

  /// What a condition on events may read: of `event` only what all of them have.
  static Scope scope(List<Tree.Scalar> events, Reading reading) {
    var data =
        events.stream()
            .flatMap(event -> reading.catalogue().event(event.text()).stream())
            .map(EventType::data)
            .reduce((some, others) -> some.stream().filter(others::contains).toList())
            .orElse(List.of());
    return reading.scope().with("event", data);
  }
}
