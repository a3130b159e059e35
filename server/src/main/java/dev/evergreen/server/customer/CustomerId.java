package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Subject;

/// The id of a customer.
public record CustomerId(long value) {
  /// As it stands in addresses of pages.
  public static CustomerId of(String text) {
    return new CustomerId(Long.parseLong(text));
  }

  public Subject subject() {
    return new Subject("customer", value);
  }

  /// The id of elements about this customer on a page.
  public String domId() {
    return "customer-" + value;
  }
}
