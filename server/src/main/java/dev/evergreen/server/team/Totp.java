package dev.evergreen.server.team;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Codes that a secret and the time make: RFC 6238 with HMAC-SHA-1 and periods of 30 seconds, which
/// is what every authenticator app knows.
final class Totp {
  static final int PERIOD_SECONDS = 30;
  static final int DIGITS = 6;

  /// As long as what the HMAC gives, as RFC 4226 recommends.
  static final int SECRET_BYTES = 20;

  private Totp() {}

  /// The code of a period, counted from the epoch, with leading zeros.
  static String code(byte[] secret, long period, int digits) {
    byte[] hash = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(period).array());
    int at = hash[hash.length - 1] & 0xF;
    int number = ByteBuffer.wrap(hash).getInt(at) & Integer.MAX_VALUE;
    return ("%0" + digits + "d").formatted(number % Math.powExact(10, digits));
  }

  private static byte[] hmac(byte[] secret, byte[] message) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected HMAC-SHA-1 in every Java runtime", e);
    }
  }
}
