package dev.evergreen.server.customer;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;

/// A phone number in its one canonical form, E.164: `+4930123456`.
public record PhoneNumber(String value) {
  private static final int LONGEST = 40;

  /// Reads a number however it is written; without a country code it is one of the region's.
  ///
  /// @param region two letters, such as `DE`; empty when only numbers with a country code are known
  public static Optional<PhoneNumber> parse(String text, String region) {
    if (text.length() > LONGEST || text.isBlank()) {
      return Optional.empty();
    }
    var numbers = PhoneNumberUtil.getInstance();
    try {
      var number = numbers.parse(text, region.isEmpty() ? null : region);
      return numbers.isPossibleNumber(number) && !number.hasExtension()
          ? Optional.of(new PhoneNumber(numbers.format(number, PhoneNumberFormat.E164)))
          : Optional.empty();
    } catch (NumberParseException _) {
      return Optional.empty();
    }
  }

  /// A canonical number with the gaps of its country.
  static String shown(String canonical) {
    var numbers = PhoneNumberUtil.getInstance();
    try {
      return numbers.format(numbers.parse(canonical, null), PhoneNumberFormat.INTERNATIONAL);
    } catch (NumberParseException _) {
      return canonical;
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
