package dev.evergreen.engine;

import java.time.Instant;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a condition or a term reads, as one map without copying: run data, `now`, the event that
/// has just come, and the facts. Of two things with one name, the one named first here is read.
final class Values extends AbstractMap<String, Object> {
  private final Map<String, Object> data;
  private final Instant now;
  private final @Nullable Map<String, Object> event;
  private final Map<String, Object> facts;

  Values(
      Map<String, Object> data,
      Instant now,
      @Nullable Map<String, Object> event,
      Map<String, Object> facts) {
    this.data = data;
    this.now = now;
    this.event = event;
    this.facts = facts;
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    if (name == null) {
      return null;
    }
    Object value = data.get(name);
    if (value != null) {
      return value;
    }
    if (name.equals("now")) {
      return now;
    }
    return event != null && name.equals("event") ? event : facts.get(name);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  /// For a reader that wants them all; this copies.
  @Override
  public Set<Entry<String, Object>> entrySet() {
    var all = new HashMap<>(facts);
    if (event != null) {
      all.put("event", event);
    }
    all.put("now", now);
    all.putAll(data);
    return Map.copyOf(all).entrySet();
  }
}
