package dev.evergreen.server.platform;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// How entries and due items keep their data: a flat JSON object.
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private Json() {}

  static String write(Map<String, Object> data) {
    return data.isEmpty() ? "{}" : MAPPER.writeValueAsString(data);
  }

  static Map<String, Object> read(String json) {
    return json.equals("{}") ? Map.of() : MAPPER.readValue(json, OBJECT);
  }
}
