package dev.evergreen.server.transfer;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.platform.Files;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes everything as JSON lines, in the form that docs/export.md tells: what the team has set,
/// its customers, and every ticket with what was said, noted, attached and done. Streams: holds
/// some hundred tickets, or a piece of a file. Each ticket is as it is when its line is written.
@Component
public final class Export {
  private static final int AT_ONCE = 200;
  private static final int PIECE = 192 * 1024;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// What is small, as one object a row.
  private static final Map<String, String> SETTINGS =
      Map.of(
          "team",
          """
          select to_jsonb(one) as json from (
            select key, name from team order by key) as one
          """,
          "agent",
          """
          select to_jsonb(one) as json from (
            select
              agent.name,
              agent.email as address,
              coalesce(
                lower(agent.role),
                (select role.name from role where role.id = agent.own_role)) as role,
              agent.active,
              array(
                select team.key
                from membership
                join team on team.id = membership.team
                where membership.agent = agent.id
                order by team.key) as teams
            from agent
            order by agent.email) as one
          """,
          "status",
          """
          select to_jsonb(one) as json from (
            select category, name, color, position, initial, retired_at is not null as retired
            from ticket_status
            order by position) as one
          """,
          "code",
          """
          select to_jsonb(one) as json from (
            select list, key, name, told, retired_at is not null as retired
            from ticket_code
            order by list, key) as one
          """,
          "field",
          """
          select to_jsonb(one) as json from (
            select
              about, key, label, own_field.kind as type, help, options, currency,
              refers_to as "refers-to", required, sorts, retired_at is not null as retired
            from own_field
            order by about, key) as one
          """,
          "canned-response",
          """
          select to_jsonb(one) as json from (
            select name, text from canned_response order by name) as one
          """,
          "macro",
          """
          select to_jsonb(one) as json from (
            select name, text, effects from macro order by name, id) as one
          """,
          "view",
          """
          select to_jsonb(one) as json from (
            select name, condition, ordered_by as "order", grouped_by as "grouping", columns
            from saved_view
            order by id) as one
          """);

  private final JdbcClient jdbc;
  private final Files files;
  private final DatabaseClock clock;
  private final ExportedTickets tickets;

  Export(JdbcClient jdbc, Files files, DatabaseClock clock, ExportedTickets tickets) {
    this.jdbc = jdbc;
    this.files = files;
    this.clock = clock;
    this.tickets = tickets;
  }

  /// How much was written.
  public record Written(long customers, long tickets, long files) {}

  /// Writes all lines; leaves the stream open.
  public Written write(OutputStream to) throws IOException {
    var out = new BufferedOutputStream(to, 1 << 16);
    line(
        out,
        object("export")
            .put("program", "evergreen")
            .put("version", 1)
            .put("at", clock.instant().toString()));
    for (var kind : SETTINGS.entrySet()) {
      for (var row : rows(kind.getValue())) {
        line(out, object(kind.getKey()).setAll(row));
      }
    }
    long organizations = page(out, "organization", ORGANIZATIONS);
    long customers = page(out, "customer", CUSTOMERS);
    var written = writeTickets(out, customers);
    line(
        out,
        object("end")
            .put("organizations", organizations)
            .put("customers", customers)
            .put("tickets", written.tickets())
            .put("files", written.files()));
    out.flush();
    return written;
  }

  private static final String ORGANIZATIONS =
      """
      select id, to_jsonb(page) as json
      from (
        select
          organization.id,
          organization.name,
          organization.note,
          organization.fields,
          array(
            select domain from organization_domain
            where organization_domain.organization = organization.id
            order by domain) as domains
        from organization
        where organization.id > :after and organization.merged_into is null
        order by organization.id
        limit :most) as page
      order by id
      """;

  private static final String CUSTOMERS =
      """
      select id, to_jsonb(page) as json
      from (
        select
          customer.id,
          customer.name,
          customer.role,
          customer.level,
          customer.note,
          customer.fields,
          customer.created_at as created,
          organization.name as organization,
          array(
            select address from customer_address
            where customer_address.customer = customer.id
            order by added_at, address) as addresses,
          array(
            select kind || ':' || value from customer_identity
            where customer_identity.customer = customer.id
            order by kind, value) as identities
        from customer
        left join organization on organization.id = customer.organization
        where customer.id > :after and customer.merged_into is null and customer.erased_at is null
        order by customer.id
        limit :most) as page
      order by id
      """;

  private long page(OutputStream out, String kind, String sql) throws IOException {
    long after = 0;
    long count = 0;
    while (true) {
      var page =
          jdbc.sql(sql)
              .param("after", after)
              .param("most", AT_ONCE)
              .query((row, _) ->
                  Map.entry(row.getLong("id"), (ObjectNode) MAPPER.readTree(row.getString("json"))))
              .list();
      for (var row : page) {
        row.getValue().put("id", "" + row.getKey());
        line(out, object(kind).setAll(row.getValue()));
        after = row.getKey();
      }
      count += page.size();
      if (page.size() < AT_ONCE) {
        return count;
      }
    }
  }

  private List<ObjectNode> rows(String sql) {
    return jdbc.sql(sql)
        .query((row, _) -> (ObjectNode) MAPPER.readTree(row.getString("json")))
        .list();
  }

  private Written writeTickets(OutputStream out, long customers) throws IOException {
    long after = 0;
    long count = 0;
    long fileCount = 0;
    while (true) {
      var page = tickets.after(after, AT_ONCE);
      for (var ticket : page) {
        for (var file : ticket.files()) {
          write(out, file);
          fileCount++;
        }
        line(out, ticket.json());
        after = ticket.id();
      }
      count += page.size();
      if (page.size() < AT_ONCE) {
        return new Written(customers, count, fileCount);
      }
    }
  }

  /// A file in pieces, before the ticket that shows it.
  private void write(OutputStream out, long file) throws IOException {
    try (var in = files.open(new FileId(file))) {
      var piece = in.readNBytes(PIECE);
      do {
        line(
            out,
            object("file")
                .put("id", "" + file)
                .put("content", Base64.getEncoder().encodeToString(piece)));
        piece = in.readNBytes(PIECE);
      } while (piece.length > 0);
    }
  }

  private static ObjectNode object(String kind) {
    return MAPPER.createObjectNode().put("kind", kind);
  }

  private static void line(OutputStream out, ObjectNode object) throws IOException {
    out.write(MAPPER.writeValueAsBytes(object));
    out.write('\n');
  }
}
