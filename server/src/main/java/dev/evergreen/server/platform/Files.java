package dev.evergreen.server.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Types;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Stored files: rows of 256 kB chunks, so that they stream, are part of every transaction and
/// backup, and need no second store.
@Component
public final class Files {
  private static final int CHUNK = 256 * 1024;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final DatabaseClock clock;

  Files(JdbcClient jdbc, PlatformTransactionManager transactions, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /// Reads the stream to its end and stores it, in the caller's transaction if there is one. Holds
  /// one chunk in memory. The transaction waits for the stream: give it one that flows.
  public FileId store(InputStream content) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          try {
            return write(content);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }));
  }

  /// Streams the content; loads a chunk at a time and holds no connection between chunks.
  public InputStream open(FileId id) {
    return jdbc.sql(
            """
            select size, content
            from file left join file_chunk on file_chunk.file = file.id and part = 0
            where file.id = :id
            """)
        .param("id", id.value())
        .query((row, _) -> {
          byte[] first = row.getBytes("content");
          return new ChunkStream(id, row.getLong("size"), first == null ? new byte[0] : first);
        })
        .optional()
        .orElseThrow(() -> missing(id));
  }

  public long size(FileId id) {
    return jdbc.sql("select size from file where id = :id")
        .param("id", id.value())
        .query(Long.class)
        .optional()
        .orElseThrow(() -> missing(id));
  }

  /// The SHA-256 of the content.
  public byte[] sha256(FileId id) {
    return jdbc.sql("select sha256 from file where id = :id")
        .param("id", id.value())
        .query(byte[].class)
        .optional()
        .orElseThrow(() -> missing(id));
  }

  public void delete(FileId id) {
    jdbc.sql("delete from file where id = :id").param("id", id.value()).update();
  }

  /// A file of one chunk, as most are, is one statement.
  private FileId write(InputStream content) throws IOException {
    MessageDigest digest = sha256();
    byte[] first = content.readNBytes(CHUNK);
    digest.update(first);
    if (first.length < CHUNK) {
      return new FileId(insert(first, first.length, digest.digest()));
    }
    long id = insert(first, 0, null);
    long size = first.length;
    int part = 1;
    for (byte[] chunk = content.readNBytes(CHUNK);
        chunk.length > 0;
        chunk = content.readNBytes(CHUNK)) {
      digest.update(chunk);
      size += chunk.length;
      jdbc.sql("insert into file_chunk (file, part, content) values (:file, :part, :content)")
          .param("file", id)
          .param("part", part++)
          .param("content", chunk)
          .update();
    }
    jdbc.sql("update file set size = :size, sha256 = :sha256 where id = :id")
        .param("size", size)
        .param("sha256", digest.digest())
        .param("id", id)
        .update();
    return new FileId(id);
  }

  /// @param size as far as it is known
  private long insert(byte[] chunk, long size, byte @Nullable [] sha256) {
    return jdbc.sql(
            """
            with stored as (
              insert into file (size, sha256, created_at)
              values (:size, :sha256, :now)
              returning id
            ),
            chunk as (
              insert into file_chunk (file, part, content)
              select id, 0, :content from stored where length(cast(:content as bytea)) > 0
            )
            select id from stored
            """)
        .param("size", size)
        .param("sha256", sha256, Types.BINARY)
        .param("now", Timestamps.of(clock.instant()))
        .param("content", chunk)
        .query(Long.class)
        .single();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have SHA-256", e);
    }
  }

  private static IllegalStateException missing(FileId id) {
    return new IllegalStateException(
        "expected a stored file with id %d, but there is none".formatted(id.value()));
  }

  private final class ChunkStream extends InputStream {
    private final FileId id;
    private final long size;
    private long read;
    private int part = 1;
    private byte[] chunk;
    private int position;

    ChunkStream(FileId id, long size, byte[] first) {
      this.id = id;
      this.size = size;
      this.chunk = first;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) {
      Objects.checkFromIndexSize(from, length, target.length);
      if (length == 0) {
        return 0;
      }
      if (read == size) {
        return -1;
      }
      if (position == chunk.length) {
        chunk = load(part++);
        position = 0;
      }
      int count = Math.min(length, chunk.length - position);
      System.arraycopy(chunk, position, target, from, count);
      position += count;
      read += count;
      return count;
    }

    private byte[] load(int number) {
      return jdbc.sql("select content from file_chunk where file = :file and part = :part")
          .param("file", id.value())
          .param("part", number)
          .query(byte[].class)
          .optional()
          .orElseThrow(() -> missing(id));
    }
  }
}
