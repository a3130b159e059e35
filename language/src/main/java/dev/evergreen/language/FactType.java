package dev.evergreen.language;

import java.util.List;

/// A group of values that conditions may read: `ticket` with its status, priority and so on.
///
/// @param about the kind of subject that has them: a run about a `ticket` can read `ticket` and
///   `customer`
public record FactType(String name, String about, String description, List<Parameter> fields) {
  public FactType {
    fields = List.copyOf(fields);
  }

  public static FactType of(String name, String about, String description, Parameter... fields) {
    return new FactType(name, about, description, List.of(fields));
  }

  /// The fields are the components of a record.
  public static FactType of(
      String name, String about, String description, Class<? extends Record> fields) {
    return new FactType(name, about, description, Records.parameters(fields));
  }
}
