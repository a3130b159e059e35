package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.test.ApplicationModuleTest;

@ApplicationModuleTest
@OnTestDatabase
class FilesTest {
  @Autowired Files files;

  @Test
  void what_was_stored_is_read_again() throws IOException {
    byte[] content = new byte[600_000];
    new SplittableRandom(7).nextBytes(content);

    FileId id = files.store(new ByteArrayInputStream(content));

    assertThat(files.size(id)).isEqualTo(600_000);
    try (InputStream stream = files.open(id)) {
      assertThat(stream.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void fifty_megabytes_stream_in_and_out_through_one_chunk_of_memory()
      throws IOException, NoSuchAlgorithmException {
    long size = 50L << 20;
    var sent = new DigestInputStream(new RandomStream(size), MessageDigest.getInstance("SHA-256"));

    FileId id = files.store(sent);

    var received = MessageDigest.getInstance("SHA-256");
    try (var stream = new DigestInputStream(files.open(id), received)) {
      assertThat(stream.transferTo(java.io.OutputStream.nullOutputStream())).isEqualTo(size);
    }
    assertThat(received.digest())
        .isEqualTo(sent.getMessageDigest().digest())
        .isEqualTo(files.sha256(id));
  }

  private static final class RandomStream extends InputStream {
    private final SplittableRandom random = new SplittableRandom(50);
    private long left;

    RandomStream(long size) {
      left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? random.nextInt(256) : -1;
    }

    @Override
    public int read(byte[] target, int from, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      byte[] some = new byte[count];
      random.nextBytes(some);
      System.arraycopy(some, 0, target, from, count);
      left -= count;
      return count;
    }
  }
}
