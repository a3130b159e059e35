package dev.evergreen.language;

import java.util.List;

/// A ledger entry that workflows can start on or wait for.
///
/// @param kind the ledger's kind, `ticket.customer-replied` for example
/// @param about the kind of subject that it happens to: `ticket`
public record EventType(String kind, String about, String description, List<Parameter> data) {
  public EventType {
    data = List.copyOf(data);
  }

  public static EventType of(String kind, String about, String description, Parameter... data) {
    return new EventType(kind, about, description, List.of(data));
  }
}
