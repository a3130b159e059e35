package dev.evergreen.server.ticket.view;

import java.util.Locale;

/// What tickets of a list can be put together by. Its SQL gives a text that sorts the groups.
public enum Grouping {
  NONE("Nothing", "''"),
  STATUS(
      "Status",
      "array_position(array['new', 'open', 'pending', 'on_hold', 'solved', 'closed'],"
          + " ticket.status)::text"),
  PRIORITY(
      "Priority",
      "array_position(array['urgent', 'high', 'normal', 'low'], ticket.priority)::text"),
  CATEGORY("Category", "ticket.category"),
  TEAM("Team", "coalesce((select lower(team.name) from team where team.id = ticket.team_id), '')"),
  AGENT(
      "Agent",
      "coalesce((select lower(agent.name) from agent where agent.id = ticket.agent_id), '')");

  private final String label;
  private final String sql;

  Grouping(String label, String sql) {
    this.label = label;
    this.sql = sql;
  }

  public String label() {
    return label;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String sql() {
    return sql;
  }
}
