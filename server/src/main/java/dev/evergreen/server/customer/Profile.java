package dev.evergreen.server.customer;

import org.jspecify.annotations.Nullable;

/// A customer with what the team keeps about them. The revision says which state somebody saw who
/// now wants to change it.
public record Profile(
    Customer customer,
    @Nullable Organization organization,
    Place place,
    String note,
    long revision) {

  /// Where they stand: what they are in their organization, and whether they come before others.
  ///
  /// @param role in their own words, such as `decider`; empty when nobody said
  /// @param mergedInto the record that has all that was this one's; null for one that stands alone
  public record Place(
      String role, @Nullable Level level, @Nullable CustomerId mergedInto, boolean isErased) {}

  Profile of(Organization known) {
    return new Profile(customer, known, place, note, revision);
  }

  /// Neither erased nor merged into another: somebody who may still be changed.
  public boolean isLive() {
    return !place.isErased() && place.mergedInto() == null;
  }
}
