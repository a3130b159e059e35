package dev.evergreen.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrittenTest {
  @Test
  void what_only_has_lines_is_plain_text() {
    var written = Written.of("", "<p>Dear Amara,<br>thank you.</p><p>Ines &amp; Ada</p>");

    assertThat(written).isEqualTo(new Written("Dear Amara,\nthank you.\n\nInes & Ada", null));
    assertThat(Written.of(" Plain \n", "").text()).isEqualTo("Plain");
  }

  @Test
  void the_text_says_what_the_formatting_says() {
    var written =
        Written.of(
            "ignored",
            """
            <p>Two <strong>steps</strong>, see <a href="https://ridge.example/help">our guide</a>:</p>\
            <ol start="3"><li><p>Open it</p></li><li><p>Turn</p><ul><li><p>left</p></li></ul></li></ol>\
            <blockquote><p>It broke</p><p>again</p></blockquote>\
            <pre><code>a  b
            c</code></pre>\
            <p><img src="cid:1@evergreen" alt="label.png"></p>\
            """);

    assertThat(written.text())
        .isEqualTo(
            """
            Two steps, see our guide <https://ridge.example/help>:

            3. Open it
            4. Turn
               - left

            > It broke
            >
            > again

            a  b
            c

            [label.png]\
            """);
    assertThat(written.html()).contains("<strong>steps</strong>", "rel=\"noopener");
    assertThat(written.images()).containsExactly("1@evergreen");
  }

  @Test
  void nothing_that_the_editor_cannot_write_survives() {
    var written =
        Written.of(
            "",
            """
            <p style="position:fixed" class="x" onclick="a()">A<script>b()</script>\
            <img src="https://evil.example/p.png"><img src="data:image/png;base64,AAAA">\
            <a href="javascript:c()">d</a><table><td>e</table><iframe src="/"></iframe>\
            <strong>f</strong></p>\
            """);

    assertThat(written.html())
        .contains("<strong>f</strong>")
        .doesNotContain("style", "class", "script", "onclick", "img", "evil", "<td", "iframe");
    assertThat(Written.shown("<p><img src=\"cid:7@x\" alt=\"a\"></p>", id -> "/pictures/" + id))
        .isEqualTo("<p><img src=\"/pictures/7@x\" alt=\"a\" loading=\"lazy\"></p>");
    assertThat(Written.shown("<img src=\"cid:7@x\" alt=\"<b>\">", _ -> null))
        .isEqualTo("[&lt;b&gt;]");
  }
}
