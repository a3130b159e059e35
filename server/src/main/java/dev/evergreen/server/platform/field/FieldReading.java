package dev.evergreen.server.platform.field;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/// Reads what people type into a field. What does not fit is refused with one sentence that says
/// what was expected and what was found.
public final class FieldReading {
  private static final int LONGEST_TEXT = 2_000;
  private static final int MOST_DIGITS = 15;

  private FieldReading() {}

  /// The value as it is kept; empty for nothing typed.
  public static Outcome<Optional<Object>> read(
      OwnField field, String typed, References references) {
    var text = typed.strip();
    if (text.isEmpty()) {
      return field.use().required() == OwnField.Required.ALWAYS
          ? refused(field, "a value", "none")
          : Outcome.accepted(Optional.empty());
    }
    return switch (field.kind()) {
      case TEXT -> text(field, text);
      case NUMBER -> number(field, text);
      case DATE -> date(field, text);
      case CHOICE -> choice(field, text);
      case MONEY -> money(field, text);
      case REFERENCE -> reference(field, text, references);
      case FLAG -> flag(field, text);
    };
  }

  private static Outcome<Optional<Object>> text(OwnField field, String text) {
    return text.length() > LONGEST_TEXT || text.contains("\0")
        ? refused(field, "at most 2,000 letters", text.length() + " letters")
        : Outcome.accepted(Optional.of(text));
  }

  private static Outcome<Optional<Object>> number(OwnField field, String text) {
    return decimal(text)
        .map(number -> Outcome.accepted(Optional.<Object>of(number)))
        .orElseGet(() -> refused(field, "a number such as 12 or 12.5", quoted(text)));
  }

  private static Outcome<Optional<Object>> money(OwnField field, String text) {
    var currency = String.valueOf(field.shape().currency());
    int digits = Math.max(Currency.getInstance(currency).getDefaultFractionDigits(), 0);
    var bare = text.replaceFirst("(?i)^" + currency + "\\s*|\\s*" + currency + "$", "");
    return decimal(bare)
        .filter(amount -> amount.scale() <= digits)
        .map(amount -> Outcome.accepted(Optional.<Object>of(amount)))
        .orElseGet(() ->
            refused(
                field,
                "an amount in %s such as %s"
                    .formatted(
                        currency, new BigDecimal("12.5").setScale(digits, RoundingMode.DOWN)),
                quoted(text)));
  }

  /// A number as people write it, with a point or a comma before its fraction.
  private static Optional<BigDecimal> decimal(String text) {
    if (!text.matches("[+-]?\\d{1,12}([.,]\\d{1,6})?")) {
      return Optional.empty();
    }
    var number = new BigDecimal(text.replace(',', '.')).stripTrailingZeros();
    return Optional.of(number.scale() < 0 ? number.setScale(0) : number)
        .filter(one -> one.precision() <= MOST_DIGITS);
  }

  private static Outcome<Optional<Object>> date(OwnField field, String text) {
    try {
      var date = LocalDate.parse(text);
      if (date.getYear() >= 1900 && date.getYear() < 2200) {
        return Outcome.accepted(Optional.of(date.toString()));
      }
    } catch (DateTimeException _) {
      // said below
    }
    return refused(field, "a date such as 2026-03-31", quoted(text));
  }

  private static Outcome<Optional<Object>> choice(OwnField field, String text) {
    return field.shape().options().contains(text)
        ? Outcome.accepted(Optional.of(text))
        : refused(field, "one of " + String.join(", ", field.shape().options()), quoted(text));
  }

  private static Outcome<Optional<Object>> reference(
      OwnField field, String text, References references) {
    var kind = String.valueOf(field.shape().refersTo());
    return references
        .typed(kind, text)
        .map(target -> Outcome.accepted(Optional.<Object>of(target.id())))
        .orElseGet(() -> refused(field, references.expected(kind), quoted(text)));
  }

  private static Outcome<Optional<Object>> flag(OwnField field, String text) {
    return switch (text) {
      case "true" -> Outcome.accepted(Optional.of(true));
      case "false" -> Outcome.accepted(Optional.of(false));
      default -> refused(field, "yes (true) or no (false)", quoted(text));
    };
  }

  private static String quoted(String text) {
    return "“" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "”";
  }

  private static Outcome<Optional<Object>> refused(OwnField field, String expected, String found) {
    return Outcome.rejected(
        Reason.INVALID, "%s: expected %s, but found %s.".formatted(field.label(), expected, found));
  }
}
