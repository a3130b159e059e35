package dev.evergreen.server.demo;

/// A person who writes to the demo shop, and from where.
record DemoCustomer(String name, String address, String place) {
  String firstName() {
    return name.substring(0, name.indexOf(' '));
  }
}
