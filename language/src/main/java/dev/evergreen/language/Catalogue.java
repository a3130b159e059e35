package dev.evergreen.language;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/// Everything that workflow files may name, collected over the modules. The checks, the editor's
/// forms and the reference page are all made from it.
public record Catalogue(
    List<ActionType> actions, List<EventType> events, List<FactType> facts, List<String> texts) {

  public Catalogue {
    actions = List.copyOf(actions);
    events = List.copyOf(events);
    facts = List.copyOf(facts);
    texts = List.copyOf(texts);
  }

  /// The vocabularies of all modules on the class path.
  public static Catalogue load() {
    return of(
        ServiceLoader.load(Vocabulary.class).stream().map(ServiceLoader.Provider::get).toList());
  }

  public static Catalogue of(List<? extends Vocabulary> vocabularies) {
    return new Catalogue(
        collect(vocabularies, Vocabulary::actions),
        collect(vocabularies, Vocabulary::events),
        collect(vocabularies, Vocabulary::facts),
        collect(vocabularies, Vocabulary::texts));
  }

  public Optional<ActionType> action(String name) {
    return actions.stream().filter(action -> action.name().equals(name)).findFirst();
  }

  public Optional<EventType> event(String kind) {
    return events.stream().filter(event -> event.kind().equals(kind)).findFirst();
  }

  private static <T> List<T> collect(
      List<? extends Vocabulary> vocabularies, Function<Vocabulary, List<T>> part) {
    return vocabularies.stream().flatMap(vocabulary -> part.apply(vocabulary).stream()).toList();
  }
}
