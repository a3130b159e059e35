package dev.evergreen.server.ticket.composing;

import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.StatusId;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.TicketStatus;
import java.util.List;
import org.springframework.stereotype.Component;

/// How the things are called that macros set, and which of them can be chosen.
@Component
public class MacroNames {
  private final Teams teams;
  private final Statuses statuses;
  private final OwnFields fields;

  MacroNames(Teams teams, Statuses statuses, OwnFields fields) {
    this.teams = teams;
    this.statuses = statuses;
    this.fields = fields;
  }

  public MacroEffects.Names all() {
    var named = statuses.all().statuses();
    var known = fields();
    return new MacroEffects.Names() {
      @Override
      public String team(TeamId id) {
        return teams.withId(id).map(Team::name).orElse("a team");
      }

      @Override
      public String status(StatusId id) {
        return named.stream()
            .filter(status -> status.id().equals(id))
            .map(status -> "“" + status.name() + "”")
            .findFirst()
            .orElse("a status");
      }

      @Override
      public String field(String key) {
        return known.stream()
            .filter(field -> field.key().equals(key))
            .map(OwnField::label)
            .findFirst()
            .orElse(key);
      }
    };
  }

  public List<TicketStatus> statuses() {
    return statuses.all().offered();
  }

  public List<OwnField> fields() {
    return fields.of(TicketFields.ABOUT).stream().filter(field -> !field.retired()).toList();
  }
}
