package dev.evergreen.server.ticket.composing;

import dev.evergreen.language.FactSource;
import dev.evergreen.language.TextTemplate;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.TicketId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Fills in texts that a team wrote in Liquid, for an agent who writes on a ticket. What is not
/// known is left empty.
@Component
public class TicketTexts {
  private static final int MOST_PARSED = 500;

  private final ObjectProvider<FactSource> facts;
  private final Map<String, TextTemplate> parsed = new ConcurrentHashMap<>();

  TicketTexts(ObjectProvider<FactSource> facts) {
    this.facts = facts;
  }

  /// What can be filled in: the facts about the ticket and whoever asks, and who writes.
  public Map<String, Object> values(TicketId ticket, Agent agent) {
    var values = new HashMap<String, Object>();
    for (var source : facts) {
      var known = source.factsOf("ticket", ticket.value());
      if (!known.isEmpty()) {
        values.put(source.name(), known);
      }
    }
    values.put("agent", Map.of("name", agent.name(), "email", agent.email()));
    return values;
  }

  public String filledIn(String text, Map<String, Object> values) {
    if (parsed.size() > MOST_PARSED) {
      parsed.clear();
    }
    return parsed.computeIfAbsent(text, TextTemplate::parse).render(values);
  }

  /// What is wrong with a text, in a sentence; empty for one that can be filled in.
  public Optional<String> objection(String text) {
    try {
      var _ = TextTemplate.parse(text);
      return Optional.empty();
    } catch (TextTemplate.Malformed e) {
      return Optional.of("Line %d, column %d: %s.".formatted(e.line(), e.column(), e.getMessage()));
    }
  }
}
