package dev.evergreen.server.platform;

import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Readiness: whether the database answers, which one it is, and whether it keeps what it
/// acknowledged.
@Component
final class DatabaseHealthIndicator implements HealthIndicator {
  private final JdbcClient jdbc;
  private final Database.Address address;

  DatabaseHealthIndicator(JdbcClient jdbc, Database.Address address) {
    this.jdbc = jdbc;
    this.address = address;
  }

  @Override
  public Health health() {
    Map<String, String> settings = DatabaseCheck.settings(jdbc);
    return Health.up()
        .withDetails(settings)
        .withDetail("server", address.server() == null ? "external" : "built in")
        .build();
  }
}
