package dev.evergreen.server.demo;

import org.jspecify.annotations.Nullable;

/// A person who writes to the demo shop, and from where.
///
/// @param company whom they write for, if they do not write for themselves
record DemoCustomer(String name, String address, String place, @Nullable String company) {
  String firstName() {
    return name.substring(0, name.indexOf(' '));
  }
}
