package dev.evergreen.server.customer;

import org.jspecify.annotations.Nullable;

/// A customer with what the team keeps about them. The revision says which state somebody saw who
/// now wants to change it.
public record Profile(
    Customer customer, @Nullable Organization organization, String note, long revision) {

  Profile of(Organization known) {
    return new Profile(customer, known, note, revision);
  }
}
