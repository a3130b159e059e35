package dev.evergreen.server.transfer.vendor;

import dev.evergreen.server.ticket.past.PastTicket.Entry.Way;
import dev.evergreen.server.transfer.Aspect;
import dev.evergreen.server.transfer.Bundle;
import dev.evergreen.server.transfer.Finding;
import dev.evergreen.server.transfer.ForeignTicket;
import dev.evergreen.server.transfer.ForeignTicket.Entry;
import dev.evergreen.server.transfer.ForeignTicket.Words;
import dev.evergreen.server.transfer.Person;
import dev.evergreen.server.transfer.Source;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// Tickets in a table, one a row (RFC 4180), as every program can export its list: columns are
/// known by their usual names, and any other is a field. Delimited by commas, semicolons or tabs,
/// whichever the first line has most of.
final class Table implements Source {
  private static final String CUSTOMER = "customer.";
  private static final String ORGANIZATION = "organization.";

  private enum Column {
    ID("id", "ticket id", "ticket number", "number", "case number", "ticket #"),
    SUBJECT("subject", "title", "summary", "issue summary"),
    TEXT("description", "body", "message", "text", "issue details", "first message"),
    ANSWER("answer", "reply", "response", "resolution"),
    NOTE("note", "notes", "internal note"),
    STATUS("status", "state", "current status", "ticket status"),
    PRIORITY("priority", "priority name"),
    TYPE("type", "ticket type"),
    CATEGORY("category", "help topic", "topic"),
    CHANNEL("channel", "source", "via"),
    TEAM("team", "group", "department", "queue"),
    TAGS("tags", "labels"),
    NAME(
        "requester", "requester name", "customer", "customer name", "from", "contact", "full name"),
    ADDRESS("requester email", "customer email", "from email", "email", "contact email", "address"),
    COMPANY("organization", "company", "company name", "requester organization"),
    AGENT(
        "assignee",
        "agent",
        "assigned to",
        "agent assigned",
        "owner",
        "assignee email",
        "agent email"),
    OPENED("created", "created at", "date created", "created time", "opened", "create date"),
    UPDATED("updated", "updated at", "last updated", "last update", "last updated time"),
    CLOSED(
        "closed",
        "closed at",
        "closed time",
        "resolved time",
        "close date",
        "solved at",
        "resolved");

    private static final String BETWEEN = "|";

    private final String names;

    Column(String... names) {
      this.names = BETWEEN + String.join(BETWEEN, names) + BETWEEN;
    }

    static Optional<Column> of(String heading) {
      var name = heading.strip().toLowerCase(Locale.ROOT).replace('_', ' ');
      for (var column : values()) {
        if (column.names.contains(BETWEEN + name + BETWEEN)) {
          return Optional.of(column);
        }
      }
      return Optional.empty();
    }
  }

  private final Bundle bundle;
  private final Instant now;

  Table(Bundle bundle, Instant now) {
    this.bundle = bundle;
    this.now = now;
  }

  @Override
  public void read(Consumer<ForeignTicket> taker, Consumer<Finding> findings) throws IOException {
    for (var part : bundle.parts()) {
      if (part.ending().matches("csv|tsv|txt")) {
        read(part, taker, findings);
      }
    }
  }

  private void read(Bundle.Part part, Consumer<ForeignTicket> taker, Consumer<Finding> findings)
      throws IOException {
    try (var in =
        new PushbackReader(new InputStreamReader(part.open(), StandardCharsets.UTF_8), 8_192)) {
      var rows =
          CSVFormat.RFC4180
              .builder()
              .setDelimiter(delimiter(in))
              .setIgnoreEmptyLines(true)
              .get()
              .parse(in)
              .iterator();
      if (!rows.hasNext()) {
        findings.accept(new Finding(part.name(), "a line of headings", "nothing"));
        return;
      }
      var headings = rows.next().toList();
      var columns = new HashMap<Column, Integer>();
      for (int i = 0; i < headings.size(); i++) {
        int at = i;
        Column.of(headings.get(i)).ifPresent(column -> columns.putIfAbsent(column, at));
      }
      if (!columns.containsKey(Column.SUBJECT) && !columns.containsKey(Column.TEXT)) {
        findings.accept(
            new Finding(
                part.name() + " line 1",
                "headings with a subject or a description",
                String.join(", ", headings)));
        return;
      }
      while (rows.hasNext()) {
        var row = rows.next();
        var place = part.name() + " row " + row.getRecordNumber();
        taker.accept(new Row(row, columns, headings, place, now, findings).ticket());
      }
    } catch (UncheckedIOException e) {
      findings.accept(
          new Finding(
              part.name(),
              "rows of a table; it was read up to where it breaks off",
              String.valueOf(e.getMessage())));
    }
  }

  private static char delimiter(PushbackReader in) throws IOException {
    var beginning = new char[8_000];
    int length = in.read(beginning);
    if (length <= 0) {
      return ',';
    }
    int from = beginning[0] == '\ufeff' ? 1 : 0;
    in.unread(beginning, from, length - from);
    var line = new String(beginning, from, length - from).lines().findFirst().orElse("");
    char best = ',';
    for (var delimiter : new char[] {';', '\t'}) {
      if (count(line, delimiter) > count(line, best)) {
        best = delimiter;
      }
    }
    return best;
  }

  private static long count(String line, char sign) {
    return line.chars().filter(one -> one == sign).count();
  }

  private record Row(
      CSVRecord row,
      Map<Column, Integer> columns,
      List<String> headings,
      String place,
      Instant now,
      Consumer<Finding> findings) {

    String get(Column column) {
      var at = columns.get(column);
      return at == null || at >= row.size() ? "" : row.get(at).strip();
    }

    ForeignTicket ticket() {
      var id = get(Column.ID).isEmpty() ? place : get(Column.ID);
      var opened = time(Column.OPENED);
      var at = Objects.requireNonNullElse(opened, now);
      var name = get(Column.NAME);
      var address =
          get(Column.ADDRESS).isEmpty() && name.contains("@") ? name : get(Column.ADDRESS);
      var customer =
          name.isEmpty() && address.isEmpty()
              ? null
              : Person.customer(
                      address.isEmpty() ? name : address, name, address, get(Column.COMPANY))
                  .with(new Person.Fields(fields(CUSTOMER), fields(ORGANIZATION)));
      var aspects = new HashMap<Aspect, String>();
      aspects.put(Aspect.STATUS, get(Column.STATUS));
      aspects.put(Aspect.PRIORITY, get(Column.PRIORITY));
      aspects.put(Aspect.TYPE, get(Column.TYPE));
      aspects.put(Aspect.CATEGORY, get(Column.CATEGORY));
      aspects.put(Aspect.CHANNEL, get(Column.CHANNEL));
      aspects.put(Aspect.TEAM, get(Column.TEAM));
      return new ForeignTicket(
          id,
          id,
          place,
          new ForeignTicket.Said(get(Column.SUBJECT), aspects, tags(), fields(""), Map.of()),
          new ForeignTicket.People(customer, agent()),
          new ForeignTicket.Times(opened, time(Column.UPDATED), time(Column.CLOSED)),
          entries(customer, at));
    }

    private List<String> tags() {
      return List.of(get(Column.TAGS).split("[,;\\s]+")).stream()
          .filter(tag -> !tag.isBlank())
          .toList();
    }

    private @Nullable Person agent() {
      var agent = get(Column.AGENT);
      return agent.isEmpty() ? null : Person.agent(agent, agent, agent);
    }

    private List<Entry> entries(@Nullable Person customer, Instant at) {
      var entries = new ArrayList<Entry>();
      var by = Objects.requireNonNullElseGet(agent(), () -> Person.program("Import"));
      if (!get(Column.TEXT).isEmpty() && customer != null) {
        entries.add(
            new Entry.Message(
                customer, at, Way.FROM_CUSTOMER, Words.of(get(Column.TEXT), null), List.of()));
      }
      var later =
          Objects.requireNonNullElse(
              time(Column.CLOSED), Objects.requireNonNullElse(time(Column.UPDATED), at));
      if (!get(Column.ANSWER).isEmpty()) {
        entries.add(
            new Entry.Message(
                by, later, Way.TO_CUSTOMER, Words.of(get(Column.ANSWER), null), List.of()));
      }
      if (!get(Column.NOTE).isEmpty()) {
        entries.add(new Entry.Note(by, later, get(Column.NOTE), List.of()));
      }
      return entries;
    }

    /// What columns say that are no column of every ticket: of the ticket itself, or of those whom
    /// the heading names first, as in `customer.tier`.
    private Map<String, String> fields(String of) {
      var fields = new HashMap<String, String>();
      for (int i = 0; i < Math.min(headings.size(), row.size()); i++) {
        var heading = headings.get(i).strip();
        if (Column.of(heading).isEmpty() && !row.get(i).isBlank() && ownerOf(heading).equals(of)) {
          fields.put(heading.substring(of.length()), row.get(i).strip());
        }
      }
      fields.remove("");
      return fields;
    }

    private static String ownerOf(String heading) {
      return Stream.of(CUSTOMER, ORGANIZATION)
          .filter(owner -> heading.regionMatches(true, 0, owner, 0, owner.length()))
          .findFirst()
          .orElse("");
    }

    private @Nullable Instant time(Column column) {
      var text = get(column);
      var time = Json.time(text);
      if (time.isEmpty() && !text.isEmpty()) {
        findings.accept(new Finding(place, "a time such as 2026-03-31 14:05", text));
      }
      return time.orElse(null);
    }
  }
}
