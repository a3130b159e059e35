package dev.evergreen.server.workflow;

import dev.evergreen.engine.Engine;
import dev.evergreen.engine.Facts;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.FactSource;
import dev.evergreen.language.FactType;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Subject;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// What a decision may read besides the run: facts of its subject, the calendar, the time.
@Component
public final class Surroundings {
  private final List<FactSource> sources;
  private final Map<String, String> aboutOfFacts;
  private final OpeningHours hours;
  private final DatabaseClock clock;

  Surroundings(
      ObjectProvider<FactSource> sources,
      Catalogue catalogue,
      OpeningHours hours,
      DatabaseClock clock) {
    this.sources = sources.orderedStream().toList();
    this.hours = hours;
    this.clock = clock;
    aboutOfFacts =
        catalogue.commonFacts().stream()
            .collect(Collectors.toMap(FactType::name, FactType::about, (one, _) -> one));
  }

  /// As they are at `now`, the time of the input. Facts are read from the database only when a
  /// condition asks for them.
  Engine.Surroundings of(Subject subject, Instant now) {
    return new Engine.Surroundings(new Facts(facts(subject)), hours.now(), now);
  }

  /// The same facts, and the data of an event, for the condition of a start.
  public Map<String, Object> atStart(Subject subject, Map<String, Object> event) {
    var values = new HashMap<>(facts(subject));
    values.put("event", event);
    values.put("now", clock.instant());
    return values;
  }

  private Map<String, Object> facts(Subject subject) {
    var facts = new HashMap<String, Object>();
    for (FactSource source : sources) {
      if (subject.kind().equals(aboutOfFacts.get(source.name()))) {
        facts.put(source.name(), new Lazy(() -> source.factsOf(subject.kind(), subject.id())));
      }
    }
    return facts;
  }

  /// A map that is read at the first question, once.
  private static final class Lazy extends AbstractMap<String, Object> {
    private final Supplier<Map<String, Object>> read;
    private @Nullable Map<String, Object> values;

    Lazy(Supplier<Map<String, Object>> read) {
      this.read = read;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      return loaded().entrySet();
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
      return key == null ? null : loaded().get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return key != null && loaded().containsKey(key);
    }

    private Map<String, Object> loaded() {
      Map<String, Object> now = values;
      if (now == null) {
        now = read.get();
        values = now;
      }
      return now;
    }
  }
}
