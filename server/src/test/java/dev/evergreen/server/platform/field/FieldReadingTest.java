package dev.evergreen.server.platform.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Outcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldReadingTest {
  private static final References ONE =
      new References() {
        @Override
        public Optional<Target> typed(String kind, String text) {
          return text.equals("#7") ? withId(kind, 7) : Optional.empty();
        }

        @Override
        public Optional<Target> withId(String kind, long id) {
          return Optional.of(new Target(id, "#7 Tent", "/tickets/7", "#7"));
        }

        @Override
        public String expected(String kind) {
          return "the number of a ticket";
        }
      };

  @ParameterizedTest
  @CsvSource({
    "TEXT, ' Ridge 2 ', Ridge 2",
    "NUMBER, '12,50', 12.5",
    "NUMBER, -3, -3",
    "NUMBER, 1000, 1000",
    "DATE, 2026-03-31, 2026-03-31",
    "CHOICE, blue, blue",
    "MONEY, 'EUR 12.50', 12.5",
    "MONEY, '1200', 1200",
    "REFERENCE, '#7', 7",
    "FLAG, true, true"
  })
  void what_fits_is_kept_as_its_kind(FieldKind kind, String typed, String kept) {
    var value = FieldReading.read(field(kind, OwnField.Required.NEVER), typed, ONE).expected();

    assertThat(value).map(FieldReadingTest::plain).contains(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NUMBER    | 1e9        | Size: expected a number such as 12 or 12.5, but found “1e9”.",
        "NUMBER    | NaN        | Size: expected a number such as 12 or 12.5, but found “NaN”.",
        "DATE      | 31.03.2026 | Size: expected a date such as 2026-03-31, but found “31.03.2026”.",
        "DATE      | 2026-02-30 | Size: expected a date such as 2026-03-31, but found “2026-02-30”.",
        "CHOICE    | red        | Size: expected one of green, blue, but found “red”.",
        "MONEY     | 12.505     | Size: expected an amount in EUR such as 12.50, but found “12.505”.",
        "MONEY     | USD 3      | Size: expected an amount in EUR such as 12.50, but found “USD 3”.",
        "REFERENCE | #8         | Size: expected the number of a ticket, but found “#8”.",
        "FLAG      | maybe      | Size: expected yes (true) or no (false), but found “maybe”."
      })
  void what_does_not_fit_is_refused_in_one_sentence(FieldKind kind, String typed, String said) {
    var outcome = FieldReading.read(field(kind, OwnField.Required.NEVER), typed, ONE);

    assertThat(outcome).isEqualTo(Outcome.rejected(Outcome.Reason.INVALID, said));
  }

  @Test
  void nothing_typed_empties_a_field_unless_it_always_has_to_have_a_value() {
    assertThat(
            FieldReading.read(field(FieldKind.TEXT, OwnField.Required.SETTLING), " ", ONE)
                .expected())
        .isEmpty();
    assertThat(FieldReading.read(field(FieldKind.TEXT, OwnField.Required.ALWAYS), " ", ONE))
        .isEqualTo(
            Outcome.rejected(Outcome.Reason.INVALID, "Size: expected a value, but found none."));
  }

  @Test
  void values_come_back_from_json_as_they_were_kept() {
    var values =
        FieldValues.NONE
            .with("amount", new BigDecimal("12.50"))
            .with("date", "2026-03-31")
            .with("other", 7L)
            .with("sure", true);

    var read = FieldValues.of(values.json());

    assertThat(read.has("amount", new BigDecimal("12.5"))).isTrue();
    assertThat(read.has("other", 7L)).isTrue();
    assertThat(read.with("amount", null).values()).isEqualTo(values.with("amount", null).values());
    assertThat(FieldValues.NONE.json()).isNull();
  }

  private static String plain(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static OwnField field(FieldKind kind, OwnField.Required required) {
    @Nullable String currency = kind == FieldKind.MONEY ? "EUR" : null;
    @Nullable String refersTo = kind == FieldKind.REFERENCE ? "ticket" : null;
    return new OwnField(
        1,
        "ticket",
        new OwnField.Naming("size", "Size", ""),
        new OwnField.Shape(kind, List.of("green", "blue"), List.of(), currency, refersTo),
        new OwnField.Use(required, List.of(), false, 1),
        false,
        1);
  }
}
