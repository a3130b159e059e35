package dev.evergreen.server.platform;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An e-mail address as an identity, in the one canonical form of the whole product: every part
/// that compares, stores or looks up an address uses this parser and no other, because two parsers
/// that differ let one person pass for another.
///
/// Accepted is a bare dot-atom of RFC 5321 and 6531: no display name, comment, group, quoted local
/// part, source route, encoded word or domain literal. Canonical means: lower case throughout
/// (servers that tell case apart in local parts are not found any more), Unicode composed (NFC), an
/// international domain in its ASCII form. Tags (`ann+shop@…`) are kept: only the owner's server
/// knows what they mean.
public record EmailAddress(String local, String domain) {
  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 253;

  // `%` and `!` once routed mail through third hosts; some servers still obey.
  private static final Pattern LOCAL =
      Pattern.compile(
          "[a-z0-9#$&'*+/=?^_`{|}~\\p{L}\\p{M}\\p{Nd}-]+(\\.[a-z0-9#$&'*+/=?^_`{|}~\\p{L}\\p{M}\\p{Nd}-]+)*");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  // IDNA 2003, which Java offers, maps these to other letters, IDNA 2008 keeps them: two readings.
  private static final Pattern AMBIGUOUS = Pattern.compile("[\u00df\u03c2\u200c\u200d]");
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Z}\\s]");

  public EmailAddress {
    if (!LOCAL.matcher(local).matches() || !isDomain(domain)) {
      throw new IllegalArgumentException(
          "expected a canonical e-mail address, but found '" + local + "@" + domain + "'");
    }
  }

  /// Reads an address; empty when it cannot be an identity. Blanks around it are forgiven.
  public static Optional<EmailAddress> parse(String text) {
    var address = text.strip();
    int at = address.indexOf('@');
    if (at < 1
        || at != address.lastIndexOf('@')
        || address.length() > LONGEST
        || INVISIBLE.matcher(address).find()) {
      return Optional.empty();
    }
    return canonicalLocal(address.substring(0, at))
        .flatMap(local ->
            canonicalDomain(address.substring(at + 1))
                .map(domain -> new EmailAddress(local, domain)))
        .filter(canonical -> canonical.toString().length() <= LONGEST);
  }

  private static Optional<String> canonicalLocal(String text) {
    var composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    // Look-alikes such as a full-width `a` name another mailbox, yet some servers fold them.
    if (!composed.equals(Normalizer.normalize(text, Normalizer.Form.NFKC))
        || text.codePoints().anyMatch(EmailAddress::standsForAscii)
        || composed.contains("=?")) {
      return Optional.empty();
    }
    var local = Normalizer.normalize(composed.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    return Optional.of(local)
        .filter(name -> name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_LOCAL)
        .filter(name -> LOCAL.matcher(name).matches());
  }

  /// The Kelvin sign is a `K` to every normalization, but not to every reader.
  private static boolean standsForAscii(int letter) {
    return letter > 0x7f
        && Normalizer.normalize(Character.toString(letter), Normalizer.Form.NFKC)
            .codePoints()
            .anyMatch(plain -> plain < 0x80);
  }

  private static Optional<String> canonicalDomain(String text) {
    if (AMBIGUOUS.matcher(text).find()) {
      return Optional.empty();
    }
    try {
      var domain = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      return Optional.of(domain).filter(EmailAddress::isDomain);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean isDomain(String domain) {
    if (domain.length() > LONGEST_DOMAIN) {
      return false;
    }
    var labels = domain.split("\\.", -1);
    for (var label : labels) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    // A last label of digits is an IP address to some readers.
    return !labels[labels.length - 1].chars().allMatch(Character::isDigit);
  }

  @Override
  public String toString() {
    return local + "@" + domain;
  }
}
