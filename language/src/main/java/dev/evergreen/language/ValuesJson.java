package dev.evergreen.language;

import java.util.Map;

/// Values of the types that run data has, by name, as JSON, exact both ways: the arguments of an
/// action that is performed later.
public final class ValuesJson {
  private ValuesJson() {}

  public static String write(Map<String, Object> values) {
    return RecordJson.write(RecordJson.valuesToTree(values));
  }

  /// Throws `IllegalArgumentException` when the text is not one that [#write] made.
  public static Map<String, Object> read(String json) {
    return RecordJson.valuesFromTree(RecordJson.read(json));
  }
}
