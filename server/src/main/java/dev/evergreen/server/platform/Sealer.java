package dev.evergreen.server.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts small values of one kind (AES-256-GCM) for the database. What a value is about is bound
/// in, so that nobody can put one person's in another's place.
public final class Sealer {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;

  Sealer(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /// @param about what the value belongs to, for example `agent 12`
  public byte[] seal(byte[] value, String about) {
    var nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] text = cipher(Cipher.ENCRYPT_MODE, nonce, about).doFinal(value);
      byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + text.length);
      System.arraycopy(text, 0, sealed, NONCE_BYTES, text.length);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected every Java to have AES-GCM", e);
    }
  }

  /// Opens what was sealed about the same.
  public byte[] open(byte[] sealed, String about) {
    try {
      return tryToOpen(sealed, about);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected the key that the value was sealed with", e);
    }
  }

  byte[] tryToOpen(byte[] sealed, String about) throws GeneralSecurityException {
    return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), about)
        .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
  }

  private Cipher cipher(int mode, byte[] nonce, String about) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
