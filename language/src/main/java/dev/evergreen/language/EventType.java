package dev.evergreen.language;

import java.util.List;

/// A ledger entry that workflows can start on or wait for.
///
/// @param kind the ledger's kind, `ticket.customer-replied` for example
/// @param about the kind of subject that it happens to: `ticket`
/// @param byCustomer whether it is the customer who does it: while a run waits for it, the time is
///   the customer's, not ours
public record EventType(
    String kind, String about, String description, boolean byCustomer, List<Parameter> data) {
  public EventType {
    data = List.copyOf(data);
  }

  public static EventType of(String kind, String about, String description, Parameter... data) {
    return new EventType(kind, about, description, false, List.of(data));
  }

  /// Something that the customer does.
  public static EventType byCustomer(
      String kind, String about, String description, Parameter... data) {
    return new EventType(kind, about, description, true, List.of(data));
  }
}
