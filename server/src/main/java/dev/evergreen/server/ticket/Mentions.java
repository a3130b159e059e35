package dev.evergreen.server.ticket;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Colleagues named in a note, as `@Ines Sørensen`, or `@Ines` where there is only one. Only those
/// for whom the ticket exists can be named.
@Component
public class Mentions {
  private final Agents agents;
  private final Tickets tickets;

  Mentions(Agents agents, Tickets tickets) {
    this.agents = agents;
    this.tickets = tickets;
  }

  /// Whom a note on this ticket can name.
  public List<Agent> possibleOn(TicketId ticket) {
    return agents.active().stream()
        .filter(agent -> tickets.visibleTo(agent).get(ticket).isPresent())
        .toList();
  }

  /// Who is named in a note, each once.
  Set<AgentId> in(String note, TicketId ticket) {
    if (note.indexOf('@') < 0) {
      return Set.of();
    }
    var possible = possibleOn(ticket);
    var named = new LinkedHashSet<AgentId>();
    var text = note.toLowerCase(Locale.ROOT);
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      if (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1))) {
        named(text.substring(at + 1), possible).forEach(agent -> named.add(agent.id()));
      }
    }
    return named;
  }

  /// Those of the longest name that the text begins with; all of them when several bear it whole.
  private static List<Agent> named(String text, List<Agent> possible) {
    var whole =
        possible.stream()
            .filter(agent -> beginsWith(text, agent.name()))
            .sorted(Comparator.comparingInt((Agent agent) -> agent.name().length()).reversed())
            .toList();
    if (!whole.isEmpty()) {
      var longest = whole.getFirst().name().length();
      return whole.stream().filter(agent -> agent.name().length() == longest).toList();
    }
    var first =
        possible.stream().filter(agent -> beginsWith(text, agent.name().split(" ")[0])).toList();
    return first.size() == 1 ? first : List.of();
  }

  private static boolean beginsWith(String text, String name) {
    return text.startsWith(name.toLowerCase(Locale.ROOT))
        && (text.length() == name.length()
            || !Character.isLetterOrDigit(text.charAt(name.length())));
  }
}
