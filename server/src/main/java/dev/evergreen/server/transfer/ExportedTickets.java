package dev.evergreen.server.transfer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Tickets as lines of the export, some hundred in a few statements. Agents are called by their
/// address and teams by their key: ids of ours mean nothing elsewhere.
@Component
final class ExportedTickets {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// Entries that the messages and notes themselves say.
  private static final Set<String> SAID =
      Set.of(
          "ticket.opened",
          "ticket.customer-replied",
          "ticket.automatic-mail",
          "ticket.agent-replied",
          "ticket.message-sent",
          "ticket.note-added",
          "ticket.archived");

  private final JdbcClient jdbc;

  ExportedTickets(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// @param files that stand on it
  record Exported(long id, ObjectNode json, Set<Long> files) {}

  /// One entry and its place in the timeline.
  private record Entry(long revision, ObjectNode json) {}

  List<Exported> after(long id, int most) {
    var tickets = new ArrayList<Exported>();
    jdbc.sql(
            """
            select
              ticket.*,
              customer.name as customer_name,
              (select address from customer_address
               where customer_address.customer = customer.id
               order by added_at, address
               limit 1) as customer_address,
              customer.fields as customer_fields,
              organization.name as organization_name,
              organization.fields as organization_fields,
              ticket_status.name as status_name,
              team.key as team_key,
              agent.name as agent_name,
              agent.email as agent_address,
              array(
                select distinct coalesce(other.name, tag.name)
                from tag
                left join tag as other on other.id = tag.merged_into
                where tag.id = any(ticket.tags)
                order by 1) as tag_names
            from ticket
            join customer on customer.id = ticket.customer_id
            left join organization on organization.id = customer.organization
            left join ticket_status on ticket_status.id = ticket.status_id
            left join team on team.id = ticket.team_id
            left join agent on agent.id = ticket.agent_id
            where ticket.id > :after
            order by ticket.id
            limit :most
            """)
        .param("after", id)
        .param("most", most)
        .query((row, _) ->
            tickets.add(new Exported(row.getLong("id"), ticket(row), new LinkedHashSet<>())))
        .list();
    if (!tickets.isEmpty()) {
      fill(tickets);
    }
    return tickets;
  }

  private static ObjectNode ticket(ResultSet row) throws SQLException {
    var ticket = MAPPER.createObjectNode().put("kind", "ticket").put("id", row.getString("id"));
    ticket.put("subject", row.getString("subject"));
    var customer = ticket.putObject("customer");
    customer.put("key", row.getString("customer_id"));
    customer.put("name", row.getString("customer_name"));
    put(customer, "address", row.getString("customer_address"));
    put(customer, "organization", row.getString("organization_name"));
    putFields(customer, "fields", row.getString("customer_fields"));
    putFields(customer, "organization-fields", row.getString("organization_fields"));
    for (var column :
        List.of("channel", "status", "priority", "type", "severity", "category", "outcome")) {
      put(ticket, column, row.getString(column));
    }
    put(ticket, "status-name", row.getString("status_name"));
    put(ticket, "root-cause", row.getString("root_cause"));
    put(ticket, "team", row.getString("team_key"));
    if (row.getString("agent_address") != null) {
      var agent = ticket.putObject("agent");
      agent.put("name", row.getString("agent_name"));
      agent.put("address", row.getString("agent_address"));
    }
    var tags = ticket.putArray("tags");
    for (var tag : (String[]) row.getArray("tag_names").getArray()) {
      tags.add(tag);
    }
    putFields(ticket, "fields", row.getString("fields"));
    ticket.put("reopened", row.getInt("reopened"));
    ticket.put("opened", at(row, "opened_at"));
    ticket.put("updated", at(row, "updated_at"));
    put(ticket, "closed", at(row, "closed_at"));
    return ticket;
  }

  private static void putFields(ObjectNode object, String name, @Nullable String fields) {
    if (fields != null) {
      object.set(name, MAPPER.readTree(fields));
    }
  }

  private void fill(List<Exported> tickets) {
    var ids = tickets.stream().map(Exported::id).toArray(Long[]::new);
    var entries = new HashMap<Long, List<Entry>>();
    var files = files(ids);
    messages(ids, entries, files);
    notes(ids, entries);
    events(ids, entries);
    for (var ticket : tickets) {
      var array = ticket.json().putArray("entries");
      entries.getOrDefault(ticket.id(), List.of()).stream()
          .sorted(Comparator.comparingLong(Entry::revision))
          .forEach(entry -> {
            array.add(entry.json());
            entry
                .json()
                .path("files")
                .values()
                .forEach(file -> ticket.files().add(Long.parseLong(file.path("id").asString())));
          });
    }
  }

  private Map<Long, List<ObjectNode>> files(Long[] tickets) {
    var files = new HashMap<Long, List<ObjectNode>>();
    jdbc.sql(
            """
            select attachment.*
            from attachment
            join message on message.id = attachment.message_id
            where message.ticket_id = any(:tickets)
            order by attachment.id
            """)
        .param("tickets", tickets)
        .query((row, _) -> {
          var file = MAPPER.createObjectNode().put("id", row.getString("file_id"));
          file.put("name", row.getString("name")).put("type", row.getString("type"));
          put(file, "content-id", row.getString("content_id"));
          return files.computeIfAbsent(row.getLong("message_id"), _ -> new ArrayList<>()).add(file);
        })
        .list();
    return files;
  }

  private void messages(
      Long[] tickets, Map<Long, List<Entry>> entries, Map<Long, List<ObjectNode>> files) {
    jdbc.sql(
            """
            select
              message.*,
              agent.email as agent_address,
              (select address from customer_address
               where message.author_kind = 'customer'
                 and customer_address.customer = message.author_id
               order by added_at, address
               limit 1) as customer_address,
              exists (
                select from ledger
                where ledger.subject_kind = 'ticket'
                  and ledger.subject_id = message.ticket_id
                  and ledger.revision = message.revision
                  and ledger.kind = 'ticket.automatic-mail') as automatic
            from message
            left join agent on message.author_kind = 'agent' and agent.id = message.author_id
            where message.ticket_id = any(:tickets)
            """)
        .param("tickets", tickets)
        .query((row, _) -> {
          var message = MAPPER.createObjectNode().put("kind", "message");
          message.put(
              "way",
              row.getString("direction").equals("out")
                  ? "out"
                  : row.getBoolean("automatic") ? "automatic" : "in");
          message.set(
              "by",
              by(
                  row.getString("author_kind"),
                  row.getObject("author_id", Long.class),
                  row.getString("author_name"),
                  row.getString("agent_address"),
                  row.getString("customer_address")));
          message.put("at", at(row, "at"));
          message.put("text", row.getString("text"));
          put(message, "html", row.getString("html"));
          put(message, "mail", row.getString("mail_id"));
          if (row.getObject("fold_at") != null) {
            message.put("fold", row.getInt("fold_at"));
          }
          var attached = files.getOrDefault(row.getLong("id"), List.of());
          if (!attached.isEmpty()) {
            attached.forEach(message.putArray("files")::add);
          }
          return add(entries, row, message);
        })
        .list();
  }

  private void notes(Long[] tickets, Map<Long, List<Entry>> entries) {
    jdbc.sql(
            """
            select
              note.*,
              coalesce(agent.name, note.author_name) as by_name,
              agent.email as agent_address
            from note
            left join agent on agent.id = note.agent_id
            where note.ticket_id = any(:tickets)
            """)
        .param("tickets", tickets)
        .query((row, _) -> {
          var note = MAPPER.createObjectNode().put("kind", "note");
          note.set(
              "by",
              by("agent", null, row.getString("by_name"), row.getString("agent_address"), null));
          note.put("at", at(row, "at"));
          note.put("text", row.getString("text"));
          return add(entries, row, note);
        })
        .list();
  }

  private void events(Long[] tickets, Map<Long, List<Entry>> entries) {
    jdbc.sql(
            """
            select
              ledger.subject_id as ticket_id,
              ledger.revision,
              ledger.kind,
              ledger.at,
              ledger.data,
              ledger.actor_kind,
              ledger.actor_id,
              ledger.actor_name,
              agent.email as agent_address,
              (select address from customer_address
               where ledger.actor_kind = 'customer'
                 and customer_address.customer = ledger.actor_id
               order by added_at, address
               limit 1) as customer_address,
              team.key as team_key,
              assigned.email as assigned_address
            from ledger
            left join agent on ledger.actor_kind = 'agent' and agent.id = ledger.actor_id
            left join team on cast(team.id as text) = ledger.data ->> 'team'
            left join agent as assigned on cast(assigned.id as text) = ledger.data ->> 'agent'
            where ledger.subject_kind = 'ticket'
              and ledger.subject_id = any(:tickets)
              and ledger.kind <> all(:said)
            order by ledger.id
            """)
        .param("tickets", tickets)
        .param("said", SAID.toArray(String[]::new))
        .query((row, _) -> {
          var event = MAPPER.createObjectNode().put("kind", "event");
          event.put("event", row.getString("kind"));
          event.set(
              "by",
              by(
                  row.getString("actor_kind"),
                  row.getObject("actor_id", Long.class),
                  row.getString("actor_name"),
                  row.getString("agent_address"),
                  row.getString("customer_address")));
          event.put("at", at(row, "at"));
          event.set("data", data(row));
          return add(entries, row, event);
        })
        .list();
  }

  private static JsonNode data(ResultSet row) throws SQLException {
    var data = (ObjectNode) MAPPER.readTree(row.getString("data"));
    if (data.has("team")) {
      put(data, "team", row.getString("team_key"));
    }
    if (data.has("agent")) {
      put(data, "agent", row.getString("assigned_address"));
    }
    data.remove(List.of("message", "mentions", "customer"));
    return data;
  }

  private static boolean add(Map<Long, List<Entry>> entries, ResultSet row, ObjectNode json)
      throws SQLException {
    return entries
        .computeIfAbsent(row.getLong("ticket_id"), _ -> new ArrayList<>())
        .add(new Entry(row.getLong("revision"), json));
  }

  private static ObjectNode by(
      String kind,
      @Nullable Long id,
      String name,
      @Nullable String agentAddress,
      @Nullable String customerAddress) {
    var by = MAPPER.createObjectNode();
    switch (kind) {
      case "agent" -> {
        by.put("kind", "agent").put("name", name);
        put(by, "address", agentAddress);
      }
      case "customer" -> {
        by.put("kind", "customer").put("name", name);
        put(by, "key", id == null ? null : id.toString());
        put(by, "address", customerAddress);
      }
      default -> by.put("kind", "program").put("name", name);
    }
    return by;
  }

  private static void put(ObjectNode object, String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      object.remove(name);
    } else {
      object.put(name, value);
    }
  }

  private static @Nullable String at(ResultSet row, String column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant().toString();
  }
}
