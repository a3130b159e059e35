package dev.evergreen.server.platform.field;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a field is to hold from now on, read from what a person typed: nothing empties it. Whoever
/// keeps the values writes it, and what it says of itself, in one transaction.
public record FieldChange(OwnField field, Optional<Object> value, References references) {
  private static final int LONGEST_TOLD = 200;

  /// Whether a subject holds it already.
  public boolean isIn(FieldValues values) {
    return values.has(field.key(), value.orElse(null));
  }

  public FieldValues in(FieldValues before) {
    return before.with(field.key(), value.orElse(null));
  }

  /// What the ledger says of it: which field, and what people read in it before and after.
  public Map<String, Object> told(FieldValues before) {
    var data = new HashMap<String, Object>();
    data.put("field", field.key());
    data.put("label", field.label());
    data.put("before", shortened(ShownField.text(field, before.get(field.key()), references)));
    data.put("after", shortened(ShownField.text(field, value, references)));
    return data;
  }

  private static String shortened(String text) {
    var line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.codePointCount(0, line.length()) <= LONGEST_TOLD
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_TOLD - 1)).strip() + "…";
  }
}
