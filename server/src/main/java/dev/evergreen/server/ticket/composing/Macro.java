package dev.evergreen.server.ticket.composing;

import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.TeamId;

/// An agent's one-click set of actions: words to the customer, in Liquid, and what is done with
/// them.
///
/// @param id 0 for one that is to be added
public record Macro(
    long id, String name, Scope scope, String text, MacroEffects effects, long revision) {

  /// Who has it.
  public sealed interface Scope {
    record Own(AgentId agent) implements Scope {}

    record OfTeam(TeamId team) implements Scope {}

    record All() implements Scope {}
  }

  /// The effects of one use, as they were shown to whoever used it.
  public record Use(String name, MacroEffects effects) {}

  public Use use() {
    return new Use(name, effects);
  }
}
