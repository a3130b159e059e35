package dev.evergreen.server.channel;

import dev.evergreen.server.platform.EmailAddress;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Addresses whose owner has shown to read what is sent there. Until then anybody may have written
/// in the owner's name, so machines send such an address little, and nothing the writer could
/// choose.
@Component
class ProvenAddresses {
  private final JdbcClient database;
  private final InstantSource clock;

  ProvenAddresses(JdbcClient database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  void add(EmailAddress address) {
    database
        .sql(
            """
            insert into proven_address (address, proven_at)
            values (:address, :now)
            on conflict (address) do nothing
            """)
        .param("address", address.toString())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }
}
