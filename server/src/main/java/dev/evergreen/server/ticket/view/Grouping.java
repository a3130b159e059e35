package dev.evergreen.server.ticket.view;

import dev.evergreen.server.platform.field.OwnField;
import java.util.Locale;

/// What tickets of a list can be put together by. Its SQL gives a text that sorts the groups.
public sealed interface Grouping {
  String key();

  String label();

  String sql();

  /// By what every ticket has.
  enum Usual implements Grouping {
    NONE("Nothing", "''"),
    STATUS(
        "Status",
        "array_position(array['new', 'open', 'pending', 'on_hold', 'solved', 'closed'],"
            + " ticket.status)::text"),
    PRIORITY(
        "Priority",
        "array_position(array['urgent', 'high', 'normal', 'low'], ticket.priority)::text"),
    CATEGORY("Category", "ticket.category"),
    TEAM(
        "Team", "coalesce((select lower(team.name) from team where team.id = ticket.team_id), '')"),
    AGENT(
        "Agent",
        "coalesce((select lower(agent.name) from agent where agent.id = ticket.agent_id), '')");

    private final String label;
    private final String sql;

    Usual(String label, String sql) {
      this.label = label;
      this.sql = sql;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String sql() {
      return sql;
    }
  }

  /// By a field of the team's own, of the ticket or of who asks; those without a value stand first.
  record Own(OwnField field) implements Grouping {
    @Override
    public String key() {
      return Fields.of(field).key();
    }

    @Override
    public String label() {
      return Fields.of(field).label();
    }

    @Override
    public String sql() {
      return "coalesce(" + OwnFieldKey.words(field) + ", '')";
    }
  }
}
