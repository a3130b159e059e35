package dev.evergreen.server.transfer.vendor;

import static dev.evergreen.server.transfer.vendor.Json.text;
import static dev.evergreen.server.transfer.vendor.Json.time;

import dev.evergreen.server.ticket.past.PastTicket.Entry.Way;
import dev.evergreen.server.transfer.Aspect;
import dev.evergreen.server.transfer.Bundle;
import dev.evergreen.server.transfer.Finding;
import dev.evergreen.server.transfer.ForeignFile;
import dev.evergreen.server.transfer.ForeignTicket;
import dev.evergreen.server.transfer.ForeignTicket.Entry;
import dev.evergreen.server.transfer.ForeignTicket.Words;
import dev.evergreen.server.transfer.Person;
import dev.evergreen.server.transfer.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What Evergreen itself exports, and what anybody can write who wants to bring tickets from
/// somewhere else: JSON lines, as docs/export.md tells. Each ticket is whole, so nothing is laid
/// aside but files, which stand before the ticket that shows them.
final class OwnLines implements Source {
  private static final List<Aspect> SAID =
      List.of(
          Aspect.STATUS,
          Aspect.PRIORITY,
          Aspect.TYPE,
          Aspect.SEVERITY,
          Aspect.CATEGORY,
          Aspect.OUTCOME,
          Aspect.CHANNEL,
          Aspect.TEAM);

  private final Bundle bundle;
  private @Nullable Path folder;

  OwnLines(Bundle bundle) {
    this.bundle = bundle;
  }

  @Override
  public void read(Consumer<ForeignTicket> taker, Consumer<Finding> findings) throws IOException {
    for (var part : bundle.parts()) {
      try (var lines =
          new BufferedReader(new InputStreamReader(part.open(), StandardCharsets.UTF_8), 1 << 20)) {
        long number = 0;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          var place = part.name() + " line " + ++number;
          if (!line.isBlank()) {
            take(line, place, taker, findings);
          }
        }
      }
    }
  }

  private void take(
      String line, String place, Consumer<ForeignTicket> taker, Consumer<Finding> findings)
      throws IOException {
    JsonNode object;
    try {
      object = Json.MAPPER.readTree(line);
    } catch (JacksonException e) {
      findings.accept(new Finding(place, "an object of JSON", e.getOriginalMessage()));
      return;
    }
    switch (text(object, "kind")) {
      case "ticket" -> ticket(object, place, taker, findings);
      case "file" -> keep(object);
      case "" -> findings.accept(new Finding(place, "a kind of object", "none"));
      default -> {
        // Teams, agents, settings: they are made here by people.
      }
    }
  }

  private void ticket(
      JsonNode object, String place, Consumer<ForeignTicket> taker, Consumer<Finding> findings) {
    var id = text(object, "id");
    var opened = time(object, "opened");
    if (id.isEmpty() || opened == null) {
      findings.accept(
          new Finding(
              place,
              "a ticket with id and opened",
              id.isEmpty() ? "none" : text(object, "opened") + " as its time"));
      return;
    }
    var entries = new ArrayList<Entry>();
    for (var entry : object.path("entries").values()) {
      entry(entry, place, opened, findings).forEach(entries::add);
    }
    taker.accept(
        new ForeignTicket(
            id,
            id,
            place,
            said(object),
            new ForeignTicket.People(
                object.has("customer") ? person(object.path("customer"), "customer") : null,
                object.path("agent").isObject() ? person(object.path("agent"), "agent") : null),
            new ForeignTicket.Times(opened, time(object, "updated"), time(object, "closed")),
            entries));
  }

  private static ForeignTicket.Said said(JsonNode object) {
    var aspects =
        SAID.stream()
            .filter(aspect -> !text(object, aspect.key()).isEmpty())
            .collect(Collectors.toMap(aspect -> aspect, aspect -> text(object, aspect.key())));
    var fields = Json.typedValues(object.path("fields"));
    var facts = new HashMap<String, String>();
    for (var name : List.of("status-name", "reopened", "root-cause")) {
      facts.put(name, text(object, name));
    }
    return new ForeignTicket.Said(
        text(object, "subject"), aspects, Json.words(object.path("tags")), fields, facts);
  }

  private List<Entry> entry(
      JsonNode entry, String place, Instant opened, Consumer<Finding> findings) {
    var at = Objects.requireNonNullElse(time(entry, "at"), opened);
    var by = person(entry.path("by"), "system");
    return switch (text(entry, "kind")) {
      case "message" ->
          List.of(
              new Entry.Message(
                  by,
                  at,
                  way(text(entry, "way")),
                  new Words(
                      text(entry, "text"),
                      entry.path("html").isString() ? text(entry, "html") : null,
                      entry.path("mail").isString() ? text(entry, "mail") : null,
                      entry.path("fold").isNumber()
                          ? (Integer) entry.path("fold").intValue()
                          : (Integer) text(entry, "text").length()),
                  files(entry)));
      case "note" -> List.of(new Entry.Note(by, at, text(entry, "text"), List.of()));
      case "event" -> List.of(new Entry.Event(by, at, text(entry, "event"), data(entry)));
      default -> {
        findings.accept(
            new Finding(place, "an entry: message, note or event", text(entry, "kind")));
        yield List.of();
      }
    };
  }

  private static Way way(String text) {
    return Arrays.stream(Way.values())
        .filter(way -> word(way).equals(text))
        .findFirst()
        .orElse(Way.FROM_CUSTOMER);
  }

  private static String word(Way way) {
    return switch (way) {
      case FROM_CUSTOMER -> "in";
      case FROM_MACHINE -> "automatic";
      case TO_CUSTOMER -> "out";
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> data(JsonNode entry) {
    var data = entry.path("data");
    return data.isObject() ? Json.MAPPER.convertValue(data, Map.class) : Map.of();
  }

  private static Person person(JsonNode person, String usual) {
    var kind = text(person, "kind");
    var name = text(person, "name");
    var address = text(person, "address");
    var key = text(person, "key");
    return switch (kind.isEmpty() ? usual : kind) {
      case "customer" ->
          Person.customer(
                  key.isEmpty() ? address + name : key, name, address, text(person, "organization"))
              .with(
                  new Person.Fields(
                      Json.typedValues(person.path("fields")),
                      Json.typedValues(person.path("organization-fields"))));
      case "agent" -> Person.agent(key, name, address);
      default -> Person.program(name);
    };
  }

  private List<ForeignFile> files(JsonNode entry) {
    var files = new ArrayList<ForeignFile>();
    for (var file : entry.path("files").values()) {
      var kept = folder == null ? null : folder.resolve(safe(text(file, "id")));
      files.add(
          new ForeignFile(
              text(file, "name"),
              text(file, "type"),
              file.path("content-id").isString() ? text(file, "content-id") : null,
              kept == null || !Files.exists(kept) ? null : () -> Files.newInputStream(kept)));
    }
    return files;
  }

  /// A part of a file, which stands before the ticket that shows it.
  private void keep(JsonNode object) throws IOException {
    var kept = folder;
    if (kept == null) {
      kept = Files.createTempDirectory("import");
      folder = kept;
    }
    Files.write(
        kept.resolve(safe(text(object, "id"))),
        Base64.getDecoder().decode(text(object, "content")),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String safe(String id) {
    return id.replaceAll("[^A-Za-z0-9-]", "_");
  }

  @Override
  public void close() {
    var kept = folder;
    if (kept != null) {
      try (var files = Files.list(kept)) {
        for (var file : files.toList()) {
          Files.delete(file);
        }
        Files.delete(kept);
      } catch (IOException _) {
        kept.toFile().deleteOnExit();
      }
    }
  }
}
