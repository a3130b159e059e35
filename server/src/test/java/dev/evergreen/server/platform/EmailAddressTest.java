package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  @ParameterizedTest
  @CsvSource({
    "ada@example.com, ada@example.com",
    "ADA@EXAMPLE.COM, ada@example.com",
    "'  ada@example.com ', ada@example.com",
    "ada+shop@example.com, ada+shop@example.com",
    "first.last@sub.example.co.uk, first.last@sub.example.co.uk",
    "o'brien@example.com, o'brien@example.com",
    "root@server, root@server",
    "ada@MÜLLER.de, ada@xn--mller-kva.de",
    "ada@mu\u0308ller.de, ada@xn--mller-kva.de",
    "ada@xn--mller-kva.de, ada@xn--mller-kva.de",
    "ada@XN--MLLER-KVA.DE, ada@xn--mller-kva.de",
    "josé@example.com, josé@example.com",
    "JOSE\u0301@example.com, josé@example.com",
    "用户@例子.广告, 用户@xn--fsqu00a.xn--4rr70v",
    "ada@ｅxample.com, ada@example.com",
    "prvs=1234=ada@example.com, prvs=1234=ada@example.com"
  })
  void an_address_has_one_canonical_form(String written, String canonical) {
    var address = EmailAddress.parse(written);

    assertThat(address).map(EmailAddress::toString).hasValue(canonical);
    assertThat(EmailAddress.parse(canonical)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ada",
        "@example.com",
        "ada@",
        "ada@@example.com",
        "ada@evil.example@example.com",
        "Ada <ada@example.com>",
        "<ada@example.com>",
        "ada(comment)@example.com",
        "ada@example.com(comment)",
        "(comment)ada@example.com",
        "ada@(comment)example.com",
        "group: ada@example.com;",
        "undisclosed-recipients:;",
        "\"ada\"@example.com",
        "\"ada@evil.example\"@example.com",
        "\"ada b\"@example.com",
        "ada b@example.com",
        "ada,eve@example.com",
        "ada;eve@example.com",
        "ada@example.com,eve@example.com",
        "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com\u0000",
        "a\u200bda@example.com",
        "ada@exam\u00adple.com",
        "\u202eada@example.com",
        "ａda@example.com",
        "\u212aate@example.com",
        "=?utf-8?q?ada=40evil.example=3e?=@example.com",
        "eve%ada@example.com",
        "host!ada@example.com",
        "@relay.example:ada@example.com",
        ".ada@example.com",
        "ada.@example.com",
        "ada..eve@example.com",
        "ada@.example.com",
        "ada@example..com",
        "ada@example.com.",
        "ada@-example.com",
        "ada@example-.com",
        "ada@exa_mple.com",
        "ada@[127.0.0.1]",
        "ada@127.0.0.1",
        "ada@faß.de",
        "ada＠example.com",
        "ada@example.com?cc=eve",
        "ada@example.com/x"
      })
  void what_two_readers_could_read_differently_is_no_identity(String written) {
    assertThat(EmailAddress.parse(written)).isEmpty();
  }

  @Test
  void an_address_is_bounded_as_the_standard_says() {
    assertThat(EmailAddress.parse("a".repeat(64) + "@example.com")).isPresent();
    assertThat(EmailAddress.parse("a".repeat(65) + "@example.com")).isEmpty();
    assertThat(EmailAddress.parse("ü".repeat(33) + "@example.com")).isEmpty();
    assertThat(EmailAddress.parse("ada@" + "a".repeat(63) + ".com")).isPresent();
    assertThat(EmailAddress.parse("ada@" + "a".repeat(64) + ".com")).isEmpty();
    assertThat(EmailAddress.parse("ada@" + "a.".repeat(126) + "com")).isEmpty();
    assertThat(EmailAddress.parse("a@" + "b.".repeat(500_000) + "com")).isEmpty();
  }
}
