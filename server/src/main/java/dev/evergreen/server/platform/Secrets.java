package dev.evergreen.server.platform;

import dev.evergreen.server.platform.postgres.OwnerOnly;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
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

  private final JdbcClient jdbc;
  private final TransactionTemplate apart;
  private final DatabaseClock clock;
  private final Sealer master;
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

  /// Encrypts values under the named key.
  public Sealer sealer(String name) {
    return new Sealer(key(name));
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
        .param("sealed", master.seal(random(KEY_BYTES), name))
        .param("now", Timestamps.of(clock.instant()))
        .update();
    return jdbc.sql("select sealed from secret where name = :name")
        .param("name", name)
        .query(byte[].class)
        .single();
  }

  private byte[] open(String name, byte[] sealed) {
    try {
      return master.tryToOpen(sealed, name);
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

  private static Sealer master(String given, Path data) {
    try {
      String text = given.isBlank() ? keyFile(data) : given;
      byte[] bytes = Base64.getDecoder().decode(text.strip());
      if (bytes.length != KEY_BYTES) {
        throw new PostgresFailure(
            "Expected a secret key of %d bytes in base64, but it has %d bytes."
                .formatted(KEY_BYTES, bytes.length));
      }
      return new Sealer(bytes);
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
