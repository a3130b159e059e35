package dev.evergreen.language;

import java.util.List;

/// An action as workflows see it: `message.send`, what it takes, what it gives back.
///
/// @param outcome values that become run data of the same names once the action has succeeded
/// @param repeatable whether a second time with the same effect id shows nowhere; one that cannot
///   be told from its first time outside (a phone call) is not
public record ActionType(
    String name,
    String description,
    List<Parameter> inputs,
    List<Parameter> outcome,
    boolean repeatable) {

  public ActionType {
    inputs = List.copyOf(inputs);
    outcome = List.copyOf(outcome);
  }

  /// The inputs are the components of the record that the action's code receives.
  public static ActionType of(
      String name, String description, Class<? extends Record> input, Parameter... outcome) {
    return new ActionType(name, description, Records.parameters(input), List.of(outcome), true);
  }

  /// The same for an action whose second time would show.
  public ActionType notRepeatable() {
    return new ActionType(name, description, inputs, outcome, false);
  }
}
