package dev.evergreen.server.ticket.view;

import dev.evergreen.server.platform.field.FieldKind;
import dev.evergreen.server.platform.field.OwnField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How conditions name a field of the team's own: by what it holds and its key, both of which are
/// for ever. So a condition can be asked without looking its fields up, and one of a field that
/// nobody fills in any more still says what it said.
final class OwnFieldKey {
  private static final Pattern FORM =
      Pattern.compile("own-(text|number|date|choice|money|reference|flag)-([a-z][a-z0-9_]{0,39})");

  private OwnFieldKey() {}

  static Field field(OwnField own) {
    return field(own.kind(), own.key(), own.label(), own.shape().options());
  }

  static Optional<Field> field(String key) {
    return Optional.of(FORM.matcher(key))
        .filter(form -> form.matches())
        .map(form ->
            field(
                FieldKind.valueOf(form.group(1).toUpperCase(Locale.ROOT)),
                form.group(2),
                form.group(2).replace('_', ' '),
                List.of()));
  }

  private static Field field(FieldKind kind, String key, String label, List<String> options) {
    var named = "own-" + kind.key() + "-" + key;
    var value = "(ticket.fields ->> '" + key + "')";
    return switch (kind) {
      case TEXT -> new Field(named, label, Field.Kind.TEXT, value, List.of());
      case CHOICE -> new Field(named, label, Field.Kind.CHOICE, value, options);
      case NUMBER, MONEY ->
          new Field(named, label, Field.Kind.AMOUNT, value + "::numeric", List.of());
      case DATE -> new Field(named, label, Field.Kind.DAY, value + "::date", List.of());
      case REFERENCE ->
          new Field(named, label, Field.Kind.REFERENCE, value + "::bigint", List.of());
      case FLAG ->
          new Field(
              named,
              label,
              Field.Kind.CHOICE,
              "(case " + value + " when 'true' then 'yes' when 'false' then 'no' end)",
              List.of("yes", "no"));
    };
  }
}
