package dev.evergreen.server.team;

import dev.evergreen.server.platform.Base32;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/// An authenticator app: it was told a secret and shows the code of a half minute.
public final class Authenticator {
  private final byte[] secret;
  private final long period;

  /// @param key as the page shows it
  public Authenticator(String key, JdbcClient database) {
    secret = Base32.decode(key.replace(" ", "").toLowerCase(Locale.ROOT));
    long now = database.sql("select floor(extract(epoch from now()))").query(Long.class).single();
    period = now / Totp.PERIOD_SECONDS;
  }

  byte[] secret() {
    return secret;
  }

  /// The code of the half minute in which it was told the secret.
  public String code() {
    return Totp.code(secret, period, Totp.DIGITS);
  }

  /// The code of the half minute after that, which is taken already.
  public String nextCode() {
    return Totp.code(secret, period + 1, Totp.DIGITS);
  }
}
