package dev.evergreen.server.customer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/// Domains where anybody gets an address: writing from one says nothing about where a person
/// belongs. The list is a resource, one domain a line.
record PublicMailDomains(Set<String> domains) {
  static PublicMailDomains load() {
    try (var resource = PublicMailDomains.class.getResourceAsStream("public-mail-domains.txt")) {
      if (resource == null) {
        throw new IllegalStateException("expected public-mail-domains.txt beside this class");
      }
      return new PublicMailDomains(
          new String(resource.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(String::strip)
              .collect(Collectors.toUnmodifiableSet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean includes(String domain) {
    return domains.contains(domain);
  }
}
