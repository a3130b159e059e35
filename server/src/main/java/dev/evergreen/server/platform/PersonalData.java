package dev.evergreen.server.platform;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one module keeps about customers as people. A component of each module that has tables:
/// from all of them [DataMap] knows how a person is found, given out and erased, and a test fails
/// when a table is missing. Modules are asked in the order of their `@Order`, the highest of the
/// architecture first: what refers to others goes before what it refers to.
public interface PersonalData {
  /// All tables of the module, those that refer to others first.
  List<DataTable> tables();

  /// Subjects that are about the same person because this one is: the tickets of a customer.
  default List<Subject> below(Subject subject) {
    return List.of();
  }

  /// What else a person is known by in tables that know no id: addresses, numbers.
  default List<String> namesOf(Subject subject) {
    return List.of();
  }

  /// When the subject came to be, if it is one of this module's and there: tells it from one that
  /// gets the same number after an older state of the database was put back.
  default Optional<Instant> bornAt(Subject subject) {
    return Optional.empty();
  }

  /// Does what no statement of the map can, in the transaction that erases: brings to an end what
  /// is under way, rewrites documents.
  default void beforeErasing(Subject subject, Actor by) {}

  /// Names under which entries of the ledger hold words of our own, such as `status`, which say
  /// nothing about a person and stay.
  default Set<String> plainWords() {
    return Set.of();
  }
}
