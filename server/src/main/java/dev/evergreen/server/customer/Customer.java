package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Initials;
import dev.evergreen.server.platform.field.FieldValues;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person who asks. Addresses are canonical, the first one known comes first.
///
/// @param level the key of the priority above others that they have; null for the normal one
/// @param fields what the team's own fields say of them
public record Customer(
    CustomerId id,
    String name,
    List<String> addresses,
    @Nullable OrganizationId organization,
    @Nullable String level,
    FieldValues fields,
    Instant createdAt) {
  public Customer {
    addresses = List.copyOf(addresses);
  }

  /// This customer as the one who does something.
  public Actor actor() {
    return Actor.customer(id.value(), name);
  }

  /// Where to write first; empty when nothing is known any more.
  public String address() {
    return addresses.isEmpty() ? "" : addresses.getFirst();
  }

  /// At most two letters to stand for a face.
  public String initials() {
    return Initials.of(name);
  }
}
