package dev.evergreen.server.transfer.vendor;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON of any shape that exports come in, an object at a time: one array, one object a line,
/// or pages that hold arrays by name.
final class Json {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final List<DateTimeFormatter> FORMS =
      List.of(
          form("[yyyy-MM-dd'T'HH:mm:ss[.SSSSSSSSS][.SSSSSS][.SSS]XXX]"),
          form("[yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][.SSS]XX]"),
          form("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS] XX"),
          form("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS]XXX"),
          form("yyyy-MM-dd HH:mm:ss 'UTC'"),
          form("yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][.SSS]"),
          form("yyyy-MM-dd HH:mm[:ss][.SSSSSS][.SSS]"),
          form("M/d/yyyy h:mm a"),
          form("M/d/yy h:mm a"),
          form("M/d/yyyy HH:mm[:ss]"),
          form("dd.MM.yyyy HH:mm[:ss]"));

  private Json() {}

  private static DateTimeFormatter form(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ROOT);
  }

  /// Takes what was read, with the name of the array it stood in, empty when it stood by itself.
  interface Taker {
    void take(String collection, JsonNode object, int line);
  }

  /// @param collections names of arrays whose elements are wanted one by one
  /// @throws Broken where it is no JSON any more; what stands before has been taken
  static void read(InputStream in, Set<String> collections, Taker taker) throws IOException {
    try (var parser = MAPPER.createParser(in)) {
      try {
        for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
          if (token == JsonToken.START_OBJECT) {
            object(parser, collections, taker);
          }
        }
      } catch (JacksonException e) {
        var at = parser.currentLocation();
        throw new Broken(at.getLineNr(), String.valueOf(e.getOriginalMessage()), e);
      }
    }
  }

  /// Where something is no JSON.
  static final class Broken extends IOException {
    private static final long serialVersionUID = 1;
    final int line;

    Broken(int line, String message, Throwable cause) {
      super(message, cause);
      this.line = line;
    }
  }

  private static void object(JsonParser parser, Set<String> collections, Taker taker) {
    int line = parser.currentTokenLocation().getLineNr();
    var object = MAPPER.createObjectNode();
    boolean isPage = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      var value = parser.nextToken();
      if (value == JsonToken.START_ARRAY && collections.contains(name)) {
        isPage = true;
        var table = text(object, "name");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          int at = parser.currentTokenLocation().getLineNr();
          JsonNode element = parser.readValueAsTree();
          taker.take(name.equals("data") && !table.isEmpty() ? table : name, element, at);
        }
      } else {
        object.set(name, parser.<JsonNode>readValueAsTree());
      }
    }
    if (!isPage) {
      taker.take("", object, line);
    }
  }

  /// The first of these that holds a text or a number; empty when none does.
  static String text(JsonNode object, String... names) {
    for (var name : names) {
      var value = object.path(name);
      if (value.isValueNode() && !value.isNull() && !value.asString().isEmpty()) {
        return value.asString();
      }
    }
    return "";
  }

  static boolean flag(JsonNode object, String name) {
    var value = object.path(name);
    return value.isBoolean()
        ? value.booleanValue()
        : Set.of("1", "true").contains(text(object, name));
  }

  /// An id as a key that sorts as the number does.
  static String key(JsonNode object, String... names) {
    return key(text(object, names));
  }

  static String key(String id) {
    return id.matches("\\d{1,18}") ? "0".repeat(19 - id.length()) + id : id;
  }

  /// A time in any of the forms that exports use; those without a zone are in UTC.
  static @Nullable Instant time(JsonNode object, String... names) {
    for (var name : names) {
      var time = time(text(object, name));
      if (time.isPresent()) {
        return time.get();
      }
    }
    return null;
  }

  static Optional<Instant> time(String text) {
    var clean = text.strip();
    if (clean.isEmpty() || clean.startsWith("0000-")) {
      return Optional.empty();
    }
    if (clean.matches("\\d{9,11}")) {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(clean)));
    }
    for (var form : FORMS) {
      try {
        return Optional.of(
            switch (form.parseBest(clean, OffsetDateTime::from, LocalDateTime::from)) {
              case OffsetDateTime at -> at.toInstant();
              case LocalDateTime at -> at.toInstant(ZoneOffset.UTC);
              default -> throw new IllegalStateException("expected a time");
            });
      } catch (DateTimeParseException _) {
        // the next form
      }
    }
    try {
      return Optional.of(LocalDate.parse(clean).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /// The words of an array of texts, or of objects that have a name.
  static List<String> words(JsonNode array) {
    var words = new ArrayList<String>();
    if (array.isString()) {
      for (var word : array.asString().split("[,;]")) {
        if (!word.isBlank()) {
          words.add(word.strip());
        }
      }
    }
    for (var element : array.values()) {
      var word = element.isValueNode() ? element.asString() : text(element, "name");
      if (!word.isBlank()) {
        words.add(word);
      }
    }
    return words;
  }

  /// The values of an object's fields as people would type them; those without one are left out.
  static Map<String, String> typedValues(JsonNode object) {
    var values = new HashMap<String, String>();
    object
        .properties()
        .forEach(field -> {
          var value = typed(field.getValue());
          if (!value.isEmpty()) {
            values.put(field.getKey(), value);
          }
        });
    return values;
  }

  /// A value of a field as people would type it; empty for none.
  static String typed(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    return value.isValueNode() ? value.asString() : String.join(", ", words(value));
  }
}
