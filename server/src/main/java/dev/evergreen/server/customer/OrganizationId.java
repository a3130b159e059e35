package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Subject;

/// The id of an organization.
public record OrganizationId(long value) {
  /// As it stands in addresses of pages.
  public static OrganizationId of(String text) {
    return new OrganizationId(Long.parseLong(text));
  }

  public Subject subject() {
    return new Subject("organization", value);
  }
}
