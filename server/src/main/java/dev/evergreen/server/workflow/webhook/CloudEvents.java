package dev.evergreen.server.workflow.webhook;

import dev.evergreen.server.platform.DataMap;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.workflow.Surroundings;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What webhooks are told, in the envelope of CloudEvents 1.0 (cloudevents.io), as one JSON object:
/// what happened, to what, by whom, and what was known of it then.
@Component
final class CloudEvents {
  static final String TYPE = "application/cloudevents+json";

  private static final String PREFIX = "dev.evergreen.";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Surroundings surroundings;
  private final DataMap map;
  private final String source;

  CloudEvents(
      Surroundings surroundings,
      DataMap map,
      @Value("${evergreen.public-url:http://localhost:${server.port:8080}}") String publicUrl) {
    this.surroundings = surroundings;
    this.map = map;
    source = publicUrl;
  }

  /// What is known of an entry's subject, for its condition and for its envelope: read when asked.
  Map<String, Object> known(Ledger.Entry entry) {
    return surroundings.atStart(entry.subject(), entry.data());
  }

  /// @param people whether it may say something about people; else only what could be told of
  ///   anybody: numbers, and words of our own such as a status
  String written(Ledger.Entry entry, Map<String, Object> known, boolean people) {
    var by = new LinkedHashMap<String, Object>();
    by.put("kind", entry.by().kind());
    if (entry.by().id() != null) {
      by.put("id", entry.by().id());
    }
    if (people) {
      by.put("name", entry.by().name());
    }
    var data = new LinkedHashMap<String, Object>();
    data.put("revision", entry.revision());
    data.put("by", by);
    data.put("event", told(entry.data(), people));
    known.forEach((name, facts) -> {
      if (facts instanceof Map<?, ?> values && !name.equals("event")) {
        Map<String, Object> told = told(named(values), people);
        if (!told.isEmpty()) {
          data.put(name, told);
        }
      }
    });
    return envelope(
        String.valueOf(entry.id()), PREFIX + entry.kind(), entry.subject(), entry.at(), data);
  }

  /// What a trial says.
  String trial(String event, Subject subject, Instant at) {
    return envelope(
        event,
        PREFIX + Deliveries.TRIAL,
        subject,
        at,
        Map.of("message", "If you can read this, events will reach you."));
  }

  private String envelope(
      String id, String type, Subject subject, Instant at, Map<String, Object> data) {
    var envelope = new LinkedHashMap<String, Object>();
    envelope.put("specversion", "1.0");
    envelope.put("id", id);
    envelope.put("source", source);
    envelope.put("type", type);
    envelope.put("subject", subject.kind() + "/" + subject.id());
    envelope.put("time", at.toString());
    envelope.put("datacontenttype", "application/json");
    envelope.put("data", data);
    return JSON.writeValueAsString(envelope);
  }

  private Map<String, Object> told(Map<String, Object> values, boolean people) {
    return people ? values : map.plain(values);
  }

  private static Map<String, Object> named(Map<?, ?> values) {
    var named = new HashMap<String, Object>();
    values.forEach((name, value) ->
        named.put(
            String.valueOf(name), value instanceof Instant instant ? instant.toString() : value));
    return named;
  }
}
