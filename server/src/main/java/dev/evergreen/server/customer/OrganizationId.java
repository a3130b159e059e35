package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Subject;

/// The id of an organization.
public record OrganizationId(long value) {
  public Subject subject() {
    return new Subject("organization", value);
  }
}
