package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nobody who may name an address reaches what lies inside: a listener on this machine counts who
/// comes, however its address is spelled.
@TestInstance(Lifecycle.PER_CLASS)
class OutboundTest {
  private final AtomicInteger visitors = new AtomicInteger();
  private ServerSocket canary;

  @BeforeAll
  void a_listener_that_must_stay_alone() throws IOException {
    canary = new ServerSocket(0); // on every address of this machine
    Thread.startVirtualThread(() -> {
      while (!canary.isClosed()) {
        try (Socket visitor = canary.accept()) {
          visitors.incrementAndGet();
          visitor
              .getOutputStream()
              .write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
          // closed
        }
      }
    });
  }

  @AfterAll
  void nobody_came() throws IOException {
    canary.close();
    assertThat(visitors).hasValue(1); // whom the administrator had allowed
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/",
        "http://127.0.0.2:PORT/",
        "http://127.1:PORT/",
        "http://127.0.1:PORT/",
        "http://2130706433:PORT/",
        "http://0:PORT/",
        "http://0.0.0.0:PORT/",
        "http://0x7f000001:PORT/",
        "http://0x7f.0.0.1:PORT/",
        "http://0177.0.0.1:PORT/",
        "http://017700000001:PORT/",
        "http://127.0.0.1.:PORT/",
        "http://localhost:PORT/",
        "http://LOCALHOST:PORT/",
        "http://localhost.:PORT/",
        "http://[::1]:PORT/",
        "http://[0:0:0:0:0:0:0:1]:PORT/",
        "http://[::]:PORT/",
        "http://[::ffff:127.0.0.1]:PORT/",
        "http://[::ffff:7f00:1]:PORT/",
        "http://[::127.0.0.1]:PORT/",
        "http://[64:ff9b::127.0.0.1]:PORT/",
        "http://[64:ff9b::7f00:1]:PORT/",
        "http://[64:ff9b:1::7f00:1]:PORT/",
        "http://[2002:7f00:1::]:PORT/",
        "http://[2001:0:7f00:1::]:PORT/",
        "http://[2001:db8::1]:PORT/",
        "http://[fe80::1]:PORT/",
        "http://[fe80::1%25lo]:PORT/",
        "http://[fc00::1]:PORT/",
        "http://[fd12:3456::1]:PORT/",
        "http://[fec0::1]:PORT/",
        "http://[ff02::1]:PORT/",
        "http://[100::1]:PORT/",
        "http://[3fff::1]:PORT/",
        "http://10.0.0.1:PORT/",
        "http://172.16.0.1:PORT/",
        "http://172.31.255.255:PORT/",
        "http://192.168.1.1:PORT/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1:PORT/",
        "http://192.0.0.192:PORT/",
        "http://192.0.2.1:PORT/",
        "http://192.88.99.1:PORT/",
        "http://198.18.0.1:PORT/",
        "http://198.51.100.1:PORT/",
        "http://203.0.113.1:PORT/",
        "http://224.0.0.1:PORT/",
        "http://240.0.0.1:PORT/",
        "http://255.255.255.255:PORT/",
        "http://user@127.0.0.1:PORT/",
        "http://public.example:80@127.0.0.1:PORT/",
        "http://127.0.0.1:PORT#@public.example/",
        "http://127.0.0.1:PORT?@public.example/",
        "http://ⓛocalhost:PORT/",
        "http://１２７.0.0.1:PORT/",
        "https://127.0.0.1:PORT/",
        "ftp://127.0.0.1:PORT/",
        "file:///etc/passwd",
        "jar:http://127.0.0.1:PORT/x.jar!/y",
        "gopher://127.0.0.1:PORT/",
        "//127.0.0.1:PORT/",
        "127.0.0.1:PORT"
      })
  void nobody_reaches_what_lies_inside(String spelling) {
    String url = spelling.replace("PORT", "" + canary.getLocalPort());

    assertThatThrownBy(() -> ask(new OutboundGuard(""), url)).isNotNull();
  }

  @Test
  void a_name_that_leads_inside_is_refused_without_saying_where() {
    var guard = new OutboundGuard("", _ -> addresses("127.0.0.1", "10.0.0.5"));

    assertThatThrownBy(() -> ask(guard, "http://shop.example:" + canary.getLocalPort() + "/"))
        .hasMessage(
            "expected shop.example to have a public address, but it has none; an administrator can allow it");
  }

  @Test
  void a_name_that_changes_between_look_and_connection_is_looked_at_once() {
    var looks = new AtomicInteger();
    var guard =
        new OutboundGuard(
            "", _ -> addresses(looks.getAndIncrement() == 0 ? "192.0.2.1" : "127.0.0.1"));

    for (int tries = 0; tries < 3; tries++) {
      assertThatThrownBy(() -> ask(guard, "http://rebound.example:" + canary.getLocalPort() + "/"))
          .isNotNull();
    }
    assertThat(looks).hasValue(3);
  }

  @Test
  void only_the_public_addresses_of_a_name_are_left() throws Exception {
    var guard = new OutboundGuard("", _ -> addresses("127.0.0.1", "93.184.215.14", "fd00::1"));

    assertThat(guard.resolve("mixed.example")).containsExactly(addresses("93.184.215.14"));
    assertThat(guard.resolve("mixed.example", 443))
        .singleElement()
        .satisfies(address -> assertThat(address.getPort()).isEqualTo(443));
  }

  @Test
  void an_administrator_may_allow_hosts_addresses_and_networks() throws Exception {
    var guard =
        new OutboundGuard(
            "erp.internal, 10.1.0.0/16,fd00:1::/32, 192.168.7.7",
            host ->
                switch (host) {
                  case "ERP.internal" -> addresses("10.9.9.9");
                  case "by-network" ->
                      addresses("10.1.200.3", "10.2.0.1", "fd00:1::9", "fd00:2::9");
                  case "by-address" -> addresses("192.168.7.7");
                  default -> addresses("192.168.7.8");
                });

    assertThat(guard.resolve("ERP.internal")).containsExactly(addresses("10.9.9.9"));
    assertThat(guard.resolve("by-network")).containsExactly(addresses("10.1.200.3", "fd00:1::9"));
    assertThat(guard.resolve("by-address")).hasSize(1);
    assertThatThrownBy(() -> guard.resolve("other")).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void whom_the_administrator_allows_is_asked() {
    var guard = new OutboundGuard("127.0.0.0/8");

    assertThat(ask(guard, "http://127.0.0.1:" + canary.getLocalPort() + "/").status())
        .isEqualTo(200);
  }

  @Test
  void what_is_no_network_is_told_at_the_start() {
    assertThatThrownBy(() -> new OutboundGuard("10.1.0.0/99"))
        .hasMessageContaining("evergreen.outbound-allowed, but found 10.1.0.0/99");
  }

  private static Outbound.Answer ask(OutboundGuard guard, String url) {
    var outbound = new Outbound(guard);
    try (Closeable _ = outbound::destroy) {
      return outbound.ask(new Outbound.Request("GET", URI.create(url), Map.of(), null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetAddress[] addresses(String... literals) {
    return List.of(literals).stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }
}
