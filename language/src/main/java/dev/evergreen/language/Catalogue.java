package dev.evergreen.language;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Everything that workflow files may name, collected over the modules. The checks, the editor's
/// forms and the reference page are all made from it.
///
/// @param definedFacts what an installation has defined itself; asked each time, since it changes
public record Catalogue(
    List<ActionType> actions,
    List<EventType> events,
    List<FactType> facts,
    List<MessageText> texts,
    List<FactType> textValues,
    Supplier<List<FactType>> definedFacts) {

  public Catalogue {
    actions = List.copyOf(actions);
    events = List.copyOf(events);
    facts = List.copyOf(facts);
    texts = List.copyOf(texts);
    textValues = List.copyOf(textValues);
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
        collect(vocabularies, Vocabulary::texts),
        collect(vocabularies, Vocabulary::textValues),
        List::of);
  }

  /// The same, and facts that an installation has defined itself: more fields of these groups.
  public Catalogue withDefined(Supplier<List<FactType>> facts) {
    return new Catalogue(actions, events, this.facts, texts, textValues, facts);
  }

  @Override
  public List<FactType> facts() {
    return Stream.concat(facts.stream(), definedFacts.get().stream()).toList();
  }

  /// What every installation has.
  public List<FactType> commonFacts() {
    return facts;
  }

  public Optional<ActionType> action(String name) {
    return actions.stream().filter(action -> action.name().equals(name)).findFirst();
  }

  public Optional<EventType> event(String kind) {
    return events.stream().filter(event -> event.kind().equals(kind)).findFirst();
  }

  boolean hasText(String name) {
    return texts.stream().anyMatch(text -> text.name().equals(name));
  }

  List<String> textNames() {
    return texts.stream().map(MessageText::name).toList();
  }

  /// The kinds of subject that workflows can be about.
  List<String> subjects() {
    return Stream.concat(
            events.stream().map(EventType::about), facts().stream().map(FactType::about))
        .distinct()
        .sorted()
        .toList();
  }

  /// What a message text reads: `customer.name`. Empty for a text that is no Liquid, which whoever
  /// offers it has to see to.
  List<String> namesReadBy(String text) {
    return texts.stream()
        .filter(it -> it.name().equals(text))
        .flatMap(it -> names(it.liquid()))
        .distinct()
        .toList();
  }

  private static Stream<String> names(String liquid) {
    try {
      return TextTemplate.parse(liquid).names().stream().map(TextTemplate.Name::path);
    } catch (TextTemplate.Malformed _) {
      return Stream.empty();
    }
  }

  private static <T> List<T> collect(
      List<? extends Vocabulary> vocabularies, Function<Vocabulary, List<T>> part) {
    return vocabularies.stream().flatMap(vocabulary -> part.apply(vocabulary).stream()).toList();
  }
}
