package dev.evergreen.server.platform;

import dev.evergreen.server.platform.postgres.OwnerOnly;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Named random keys, for example `reply-token`: made when first asked for, kept in the database
/// encrypted (AES-256-GCM, the name bound in) by a key that is not in the database: the value of
/// `evergreen.secret-key`, or the file `secret.key` of the data folder.
@Component
public final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final JdbcClient jdbc;
  private final TransactionTemplate apart;
  private final DatabaseClock clock;
  private final SecretKey master;
  private final ConcurrentHashMap<String, byte[]> opened = new ConcurrentHashMap<>();

  Secrets(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      DatabaseClock clock,
      @Value("${evergreen.secret-key:}") String secretKey,
      @Value("${evergreen.data:data}") Path data) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.master = master(secretKey, data);
    apart = new TransactionTemplate(transactions);
    apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    // A node that could not read the others' secrets must not begin to work.
    key("installation");
  }

  /// The 32 bytes of the named key, the same on every node and after every restart.
  public byte[] key(String name) {
    return opened.computeIfAbsent(name, this::load).clone();
  }

  private byte[] load(String name) {
    byte[] sealed = apart.execute(_ -> stored(name));
    return open(name, sealed);
  }

  /// Two nodes may make the key at once: the first one's is kept, and both read that one.
  private byte[] stored(String name) {
    jdbc.sql(
            """
            insert into secret (name, sealed, created_at)
            values (:name, :sealed, :now)
            on conflict (name) do nothing
            """)
        .param("name", name)
        .param("sealed", seal(name, random(KEY_BYTES)))
        .param("now", Timestamps.of(clock.instant()))
        .update();
    return jdbc.sql("select sealed from secret where name = :name")
        .param("name", name)
        .query(byte[].class)
        .single();
  }

  private byte[] seal(String name, byte[] key) {
    byte[] nonce = random(NONCE_BYTES);
    try {
      byte[] text = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(key);
      byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + text.length);
      System.arraycopy(text, 0, sealed, NONCE_BYTES, text.length);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected every Java to have AES-GCM", e);
    }
  }

  private byte[] open(String name, byte[] sealed) {
    try {
      return cipher(Cipher.DECRYPT_MODE, name, Arrays.copyOf(sealed, NONCE_BYTES))
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new PostgresFailure(
          """
          Expected the secret key with which this installation's '%s' was encrypted, but this node \
          has another one. Give every node the same EVERGREEN_SECRET_KEY, or the first node's \
          file secret.key in its data folder.\
          """
              .formatted(name),
          e);
    }
  }

  private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, master, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return cipher;
  }

  private static SecretKey master(String given, Path data) {
    try {
      String text = given.isBlank() ? keyFile(data) : given;
      byte[] bytes = Base64.getDecoder().decode(text.strip());
      if (bytes.length != KEY_BYTES) {
        throw new PostgresFailure(
            "Expected a secret key of %d bytes in base64, but it has %d bytes."
                .formatted(KEY_BYTES, bytes.length));
      }
      return new SecretKeySpec(bytes, "AES");
    } catch (IOException e) {
      throw new PostgresFailure(
          "Expected to keep the secret key in %s, but: %s.".formatted(data, e), e);
    }
  }

  /// The file appears whole: it is written beside its place and linked there.
  private static String keyFile(Path data) throws IOException {
    Path file = data.resolve("secret.key");
    if (!Files.exists(file)) {
      Files.createDirectories(data);
      Path unfinished = Files.createTempFile(data, "secret", ".new", OwnerOnly.FILE);
      Files.writeString(unfinished, Base64.getEncoder().encodeToString(random(KEY_BYTES)));
      try {
        Files.createLink(file, unfinished);
      } catch (FileAlreadyExistsException _) {
        // another node that shares the folder was first
      } catch (UnsupportedOperationException _) {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.deleteIfExists(unfinished);
    }
    return Files.readString(file);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
