package dev.evergreen.server.transfer;

import dev.evergreen.server.platform.field.FieldReading;
import dev.evergreen.server.platform.field.FieldValues;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.References;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Reads what another program's fields say into the team's own. What does not fit is found and left
/// out.
///
/// @param findings is told what was expected and what was found
record FieldWords(House house, Mapping mapping, BiConsumer<String, String> findings) {

  /// @param of whose fields
  /// @param said by what the fields are called there
  FieldValues read(Aspect of, Map<String, String> said) {
    var values = FieldValues.NONE;
    for (var one : said.entrySet()) {
      if (one.getValue().isBlank()) {
        continue;
      }
      var key = mapping.become(of, one.getKey());
      var field = house.field(of, key).filter(_ -> !key.isEmpty());
      if (field.isPresent()) {
        values = with(values, field.get(), one.getValue());
      }
    }
    return values;
  }

  private FieldValues with(FieldValues values, OwnField field, String value) {
    return FieldReading.read(field, value.replace("\0", ""), new NoReferences())
        .fold(
            read -> values.with(field.key(), read.orElse(null)),
            refused -> {
              findings.accept("a value of " + field.label(), refused.detail());
              return values;
            });
  }

  /// What a field leads to has another number here.
  private record NoReferences() implements References {
    @Override
    public Optional<Target> typed(String kind, String text) {
      return Optional.empty();
    }

    @Override
    public Optional<Target> withId(String kind, long id) {
      return Optional.empty();
    }

    @Override
    public String expected(String kind) {
      return "something that is here";
    }
  }
}
