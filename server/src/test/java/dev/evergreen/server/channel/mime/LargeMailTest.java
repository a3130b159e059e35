package dev.evergreen.server.channel.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// However large an attachment is, reading it takes the memory of a small one.
class LargeMailTest {
  private static final int LINES = 30 * 1024 * 1024 / 78;
  private static final long MOST = 8L << 20;

  @Test
  void an_attachment_of_30_MB_passes_through() {
    long before = used();
    var most = new AtomicLong();

    ParsedMail mail =
        MailReader.read(large(), content -> drain(content, most), Duration.ofSeconds(60));

    assertThat(mail.attachments().getFirst().size()).isGreaterThan(21L << 20);
    assertThat(mail.text()).isEqualTo("See the film.");
    assertThat(most.get() - before).isLessThan(MOST);
  }

  /// Stores nothing, and looks at the memory in use when three quarters have passed.
  private static long drain(InputStream content, AtomicLong most) {
    var buffer = new byte[64 * 1024];
    long count = 0;
    try {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        boolean measured = count > 16L << 20;
        count += read;
        if (!measured && count > 16L << 20) {
          most.set(used());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return 1;
  }

  @SuppressWarnings("JdkObsolete") // SequenceInputStream takes nothing newer
  private static InputStream large() {
    String head =
        """
        From: a@a.example
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        See the film.
        --b
        Content-Type: video/mp4; name=film.mp4
        Content-Transfer-Encoding: base64

        """
            .replace("\n", "\r\n");
    byte[] line = ("QUJD".repeat(19) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    var lines =
        Stream.<InputStream>generate(() -> new ByteArrayInputStream(line)).limit(LINES).iterator();
    return new SequenceInputStream(
        Collections.enumeration(
            java.util.List.of(
                bytes(head),
                new SequenceInputStream(
                    new java.util.Enumeration<>() {
                      @Override
                      public boolean hasMoreElements() {
                        return lines.hasNext();
                      }

                      @Override
                      public InputStream nextElement() {
                        return lines.next();
                      }
                    }),
                bytes("--b--\r\n"))));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
