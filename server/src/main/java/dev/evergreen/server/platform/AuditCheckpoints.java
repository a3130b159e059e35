package dev.evergreen.server.platform;

import dev.evergreen.server.platform.postgres.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Where the chain of the audit log ended, kept outside the database by each node: the newest in
/// the file `audit.checkpoint` of its data folder, and once an hour one in the program's log. A
/// checkpoint is a seal, so nobody can make one without the key.
@Component
public final class AuditCheckpoints {
  private static final Logger log = LoggerFactory.getLogger(AuditCheckpoints.class);
  private static final Pattern FORM = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");
  private static final Duration BETWEEN_LINES = Duration.ofHours(1);

  /// @param number of the entry that was the last
  @SuppressWarnings("ArrayRecordComponent") // compared by hasSeal, in constant time
  public record Checkpoint(long number, byte[] seal) {
    /// Reads one as it is printed, such as `12:` and 64 hexadecimal digits.
    public static Optional<Checkpoint> parse(String text) {
      var found = FORM.matcher(text.strip());
      return found.matches()
          ? Optional.of(
              new Checkpoint(
                  Long.parseLong(found.group(1)), HexFormat.of().parseHex(found.group(2))))
          : Optional.empty();
    }

    boolean hasSeal(byte[] other) {
      return MessageDigest.isEqual(seal, other);
    }

    @Override
    public String toString() {
      return number + ":" + HexFormat.of().formatHex(seal);
    }
  }

  private final Path file;
  private long kept;
  private long toldAt;

  AuditCheckpoints(@Value("${evergreen.data:data}") Path data) {
    file = data.resolve("audit.checkpoint");
    toldAt = System.nanoTime() - BETWEEN_LINES.toNanos();
  }

  /// Keeps the newest. A node that cannot write it says so and goes on: the others and the log have
  /// theirs.
  synchronized void keep(Checkpoint newest) {
    if (newest.number() <= kept) {
      return;
    }
    kept = newest.number();
    if (System.nanoTime() - toldAt >= BETWEEN_LINES.toNanos()) {
      toldAt = System.nanoTime();
      log.info("The audit log ends with {}", newest);
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path unfinished =
          Files.createTempFile(file.toAbsolutePath().getParent(), "audit", ".new", OwnerOnly.FILE);
      Files.writeString(unfinished, newest.toString());
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      log.warn("The audit log's checkpoint could not be kept in {}", file, e);
    }
  }

  /// The one that this node's data folder holds.
  public Optional<Checkpoint> stored() {
    try {
      return Files.exists(file) ? Checkpoint.parse(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new PostgresFailure("Expected to read " + file + ", but: " + e.getMessage() + ".", e);
    }
  }
}
