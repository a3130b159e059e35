package dev.evergreen.server.platform.field;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A field with its value for one reader: what stands in the input, what is read, where it leads.
public record ShownField(OwnField field, String input, String text, @Nullable String path) {

  public static ShownField of(OwnField field, FieldValues values, References references) {
    var value = values.get(field.key());
    if (value.isEmpty()) {
      return new ShownField(field, "", "", null);
    }
    if (field.kind() == FieldKind.REFERENCE && value.get() instanceof Number id) {
      return references
          .withId(String.valueOf(field.shape().refersTo()), id.longValue())
          .map(target -> new ShownField(field, target.written(), target.title(), target.path()))
          .orElseGet(() -> new ShownField(field, "", "", null));
    }
    return new ShownField(field, written(field, value.get()), text(field, value, references), null);
  }

  /// The value as people read it, in the ledger too; empty for none.
  public static String text(OwnField field, Optional<Object> value, References references) {
    if (value.isEmpty()) {
      return "";
    }
    return switch (field.kind()) {
      case TEXT, DATE, CHOICE, NUMBER -> plain(value.get());
      case MONEY -> amount(field, value.get());
      case FLAG -> Boolean.TRUE.equals(value.get()) ? "yes" : "no";
      case REFERENCE ->
          value.get() instanceof Number id
              ? references
                  .withId(String.valueOf(field.shape().refersTo()), id.longValue())
                  .map(References.Target::title)
                  .orElse("")
              : "";
    };
  }

  /// An amount of money as people read it.
  public static String amount(OwnField field, Object value) {
    return written(field, value) + " " + field.shape().currency();
  }

  /// As a person would type it: an amount with all digits of its currency.
  private static String written(OwnField field, Object value) {
    var currency = field.shape().currency();
    if (currency == null) {
      return plain(value);
    }
    int digits = Math.max(Currency.getInstance(currency).getDefaultFractionDigits(), 0);
    return new BigDecimal(value.toString()).setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }

  private static String plain(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  public String domId() {
    return "own-" + field.key();
  }

  /// What can be chosen, and what is chosen although it no longer can be.
  public List<String> options() {
    var options = field.shape().options();
    return input.isEmpty() || options.contains(input)
        ? options
        : Stream.concat(options.stream(), Stream.of(input)).toList();
  }
}
