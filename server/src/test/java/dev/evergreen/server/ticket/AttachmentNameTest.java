package dev.evergreen.server.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AttachmentNameTest {
  private static final List<String> HOSTILE =
      List.of(
          "\u200b.htaccess",
          "invoice\u202egnp.exe",
          "a\0b.png",
          "../../etc/passwd",
          "..\\..\\windows\\win.ini",
          "C:\\boot.ini",
          "con.txt",
          "\"; filename=\"evil.html",
          "line\r\nSet-Cookie: a=b",
          "\u3164",
          "....",
          "",
          "x".repeat(4096) + ".jpeg",
          "\ud83d\ude00".repeat(300));

  @Test
  void a_hostile_name_becomes_a_plain_one() {
    for (var name : HOSTILE) {
      var clean = AttachmentName.clean(name);

      assertThat(clean).isNotBlank().doesNotContain("/", "\\", "\0", "\r", "\n", "\"", "\u202e");
      assertThat(clean).doesNotStartWith(".");
      assertThat(clean.codePointCount(0, clean.length())).isLessThanOrEqualTo(150);
      assertThat(AttachmentName.clean(clean)).isEqualTo(clean);
      assertThat(AttachmentName.disposition(name))
          .matches("attachment; filename=\"[^\"\\\\]+\"; filename\\*=UTF-8''[A-Za-z0-9._%-]+");
    }
  }

  @Test
  void an_honest_name_stays_and_a_long_one_keeps_its_ending() {
    assertThat(AttachmentName.clean("Rechnung März (2).pdf")).isEqualTo("Rechnung März (2).pdf");
    assertThat(AttachmentName.clean("x".repeat(4096) + ".jpeg")).endsWith("x.jpeg");
    assertThat(AttachmentName.disposition("Größe.png"))
        .isEqualTo("attachment; filename=\"Gr__e.png\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.png");
  }
}
