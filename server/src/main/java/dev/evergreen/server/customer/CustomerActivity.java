package dev.evergreen.server.customer;

import java.time.Instant;

/// What customers did, asked by segments and answered by whoever keeps it: a component of a higher
/// module.
public interface CustomerActivity {
  /// How many tickets somebody opened since then, counted no further than `most`.
  int ticketsSince(CustomerId id, Instant since, int most);
}
