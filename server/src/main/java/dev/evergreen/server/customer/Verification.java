package dev.evergreen.server.customer;

import java.util.Locale;

/// How somebody has shown that an address, a number or a name in a network is theirs. Where it
/// matters who is really there, only what is verified counts.
public enum Verification {
  /// Anybody may have written it.
  UNVERIFIED("not verified"),
  /// They answered with a token that only the owner of the address was sent.
  MAIL_REPLY("answered our mail"),
  /// An agent made sure, on the phone for example.
  AGENT("checked by an agent"),
  /// They signed in with it.
  SIGN_IN("signed in");

  private final String words;

  Verification(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  public boolean isVerified() {
    return this != UNVERIFIED;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Verification of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
