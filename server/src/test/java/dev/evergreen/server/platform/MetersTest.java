package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The numbers for operators, and where they are not.
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "evergreen.management-port=0")
@OnTestDatabase
class MetersTest {
  @Autowired Meters.Port management;
  @LocalServerPort int port;

  @Test
  void how_mail_and_readers_stand_is_read_at_a_port_of_its_own() throws IOException {
    assertThat(management.address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(read(management.address().getPort(), "/metrics"))
        .contains(
            "evergreen_intake_waiting 0.0",
            "evergreen_intake_age_seconds 0.0",
            "evergreen_quarantine_size 0.0",
            "evergreen_outbox_age_seconds 0.0",
            "evergreen_mailboxes 0.0",
            "evergreen_ledger_lag",
            "evergreen_due_lateness_seconds",
            "jvm_memory_used_bytes");
    assertThat(read(port, "/metrics")).doesNotContain("evergreen_");
  }

  private static String read(int port, String path) throws IOException {
    try (var in = URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
