package dev.evergreen.server.transfer.vendor;

import static dev.evergreen.server.transfer.vendor.Json.flag;
import static dev.evergreen.server.transfer.vendor.Json.key;
import static dev.evergreen.server.transfer.vendor.Json.text;
import static dev.evergreen.server.transfer.vendor.Json.time;

import dev.evergreen.server.channel.mime.HtmlText;
import dev.evergreen.server.ticket.past.PastTicket.Entry.Way;
import dev.evergreen.server.transfer.Aspect;
import dev.evergreen.server.transfer.Bundle;
import dev.evergreen.server.transfer.ForeignFile;
import dev.evergreen.server.transfer.ForeignTicket;
import dev.evergreen.server.transfer.ForeignTicket.Entry;
import dev.evergreen.server.transfer.ForeignTicket.Words;
import dev.evergreen.server.transfer.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Freshdesk: the account's export (`helpdesk_ticket` and `user` objects with `notes`) and what
/// version 2 of its API answers (tickets with `conversations`, contacts, agents, companies,
/// groups). Fields after developers.freshdesk.com: Tickets, Conversations, Contacts, Agents.
final class Freshdesk implements Vendor {
  private static final String COMPANY = "company";
  private static final String GROUP = "group";
  private static final Map<String, String> STATUSES =
      Map.of(
          "2",
          "Open",
          "3",
          "Pending",
          "4",
          "Resolved",
          "5",
          "Closed",
          "6",
          "Waiting on Customer",
          "7",
          "Waiting on Third Party");
  private static final Map<String, String> PRIORITIES =
      Map.of("1", "Low", "2", "Medium", "3", "High", "4", "Urgent");
  private static final Map<String, String> SOURCES =
      Map.of("1", "Email", "2", "Portal", "3", "Phone", "7", "Chat", "9", "Feedback Widget");

  @Override
  public Set<String> collections() {
    return Set.of("tickets", "contacts", "agents", "companies", "groups");
  }

  @Override
  public void cut(String collection, JsonNode object, Cut cut) {
    if (object.has("helpdesk_ticket")) {
      cut("tickets", object.path("helpdesk_ticket"), cut);
      return;
    }
    if (object.has("user")) {
      cut("contacts", object.path("user"), cut);
      return;
    }
    switch (collection.isEmpty() ? looks(object) : collection) {
      case "tickets" -> cut.piece(TICKET, key(object, "display_id", "id"), object);
      case "conversations" -> cut.piece(ENTRY, key(object, "id"), key(object, "ticket_id"), object);
      case "contacts", "agents" -> cut.piece(PERSON, key(object, "id"), object);
      case "companies" -> cut.piece(COMPANY, key(object, "id"), object);
      case "groups" -> cut.piece(GROUP, key(object, "id"), object);
      default ->
          cut.finding(
              "a ticket, conversation, contact, agent, company or group",
              "an object with " + String.join(", ", object.propertyNames()));
    }
  }

  private static String looks(JsonNode object) {
    if (object.has("requester_id") || object.has("responder_id")) {
      return "tickets";
    }
    if (object.has("ticket_id") && object.has("incoming")) {
      return "conversations";
    }
    if (object.has("contact") || object.has("email") || object.has("helpdesk_agent")) {
      return "contacts";
    }
    return object.has("domains") ? "companies" : object.has("agent_ids") ? "groups" : "";
  }

  @Override
  public ForeignTicket put(Piece piece, Pieces pieces, Bundle bundle) {
    var ticket = piece.data();
    var requester = person(ticket, "requester", Person.Kind.CUSTOMER, pieces);
    var opened = Objects.requireNonNullElse(time(ticket, "created_at"), Instant.EPOCH);
    var entries = new ArrayList<Entry>();
    var html = text(ticket, "description_html");
    var described = text(ticket, "description");
    html = html.isEmpty() && described.startsWith("<") ? described : html;
    var plain = text(ticket, "description_text");
    if (requester != null && !(html.isEmpty() && described.isEmpty() && plain.isEmpty())) {
      entries.add(
          new Entry.Message(
              requester,
              opened,
              Way.FROM_CUSTOMER,
              Words.of(plain.isEmpty() && html.isEmpty() ? described : plain, html),
              files(ticket, bundle)));
    }
    for (var said : said(piece, pieces)) {
      entries.add(entry(said, requester, pieces, bundle, opened));
    }
    return new ForeignTicket(
        text(ticket, "display_id", "id"),
        text(ticket, "display_id", "id"),
        piece.place(),
        new ForeignTicket.Said(
            text(ticket, "subject"),
            aspects(ticket, pieces),
            Json.words(ticket.path("tags")),
            fields(ticket),
            Map.of()),
        new ForeignTicket.People(requester, person(ticket, "responder", Person.Kind.AGENT, pieces)),
        new ForeignTicket.Times(
            time(ticket, "created_at"),
            time(ticket, "updated_at"),
            time(
                ticket.path(ticket.has("stats") ? "stats" : "ticket_states"),
                "closed_at",
                "resolved_at")),
        entries);
  }

  private static Map<Aspect, String> aspects(JsonNode ticket, Pieces pieces) {
    var aspects = new HashMap<Aspect, String>();
    aspects.put(Aspect.STATUS, worded(ticket, "status", STATUSES));
    aspects.put(Aspect.PRIORITY, worded(ticket, "priority", PRIORITIES));
    aspects.put(Aspect.CHANNEL, worded(ticket, "source", SOURCES));
    aspects.put(Aspect.TYPE, text(ticket, "ticket_type", "type"));
    var group = text(ticket, "group_name");
    aspects.put(
        Aspect.TEAM,
        group.isEmpty() ? text(pieces.get(GROUP, key(ticket, "group_id")).data(), "name") : group);
    return aspects;
  }

  private static String worded(JsonNode ticket, String what, Map<String, String> words) {
    var name = text(ticket, what + "_name");
    var number = text(ticket, what);
    return !name.isEmpty()
        ? name
        : Objects.requireNonNullElse(
            words.get(number), number.isEmpty() ? "" : what + " " + number);
  }

  private static List<JsonNode> said(Piece ticket, Pieces pieces) {
    var said = new ArrayList<JsonNode>();
    ticket.data().path("conversations").values().forEach(said::add);
    for (var note : ticket.data().path("notes").values()) {
      said.add(note.has("helpdesk_note") ? note.path("helpdesk_note") : note);
    }
    if (said.isEmpty()) {
      pieces.of(ENTRY, ticket.key()).forEach(piece -> said.add(piece.data()));
    }
    return said;
  }

  private static Entry entry(
      JsonNode said, @Nullable Person requester, Pieces pieces, Bundle bundle, Instant opened) {
    var at = Objects.requireNonNullElse(time(said, "created_at"), opened);
    var incoming = flag(said, "incoming");
    var user = text(said, "user_id");
    Person by;
    if (requester != null && user.equals(requester.key())) {
      by = requester;
    } else {
      var known = person(said, "user", incoming ? Person.Kind.CUSTOMER : Person.Kind.AGENT, pieces);
      by = known == null ? Person.program("Freshdesk") : known;
    }
    var html = text(said, "body_html");
    var body = text(said, "body");
    html = html.isEmpty() && body.startsWith("<") ? body : html;
    var plain = text(said, "body_text");
    plain = plain.isEmpty() && html.isEmpty() ? body : plain;
    var files = files(said, bundle);
    return flag(said, "private")
        ? new Entry.Note(by, at, plain.isEmpty() ? HtmlText.of(html) : plain, files)
        : new Entry.Message(
            by, at, incoming ? Way.FROM_CUSTOMER : Way.TO_CUSTOMER, Words.of(plain, html), files);
  }

  private static List<ForeignFile> files(JsonNode object, Bundle bundle) {
    var files = new ArrayList<ForeignFile>();
    for (var file : object.path("attachments").values()) {
      var name = text(file, "name", "content_file_name");
      files.add(
          new ForeignFile(
              name,
              text(file, "content_type", "content_content_type"),
              null,
              bundle
                  .named(text(file, "id") + "/" + name, name)
                  .<ForeignFile.Content>map(part -> part::open)
                  .orElse(null)));
    }
    return files;
  }

  private static @Nullable Person person(
      JsonNode object, String role, Person.Kind kind, Pieces pieces) {
    var id = text(object, role + "_id");
    var known = pieces.get(PERSON, key(id)).data();
    var whole = object.path(role);
    var person = known.isObject() ? known : whole;
    var details = person.path("contact").isObject() ? person.path("contact") : person;
    var name = text(details, "name");
    name = name.isEmpty() ? text(object, role + "_name") : name;
    if (id.isEmpty() && name.isEmpty()) {
      return null;
    }
    var company = pieces.get(COMPANY, key(details, "company_id", "customer_id")).data();
    return new Person(
        id.isEmpty() ? text(whole, "id") : id,
        name,
        text(details, "email"),
        text(company, "name"),
        kind,
        new Person.Fields(fields(details), fields(company)));
  }

  private static Map<String, String> fields(JsonNode object) {
    var fields = new HashMap<String, String>();
    var own =
        object.has("custom_fields") ? object.path("custom_fields") : object.path("custom_field");
    own.properties()
        .forEach(field -> {
          var value = Json.typed(field.getValue());
          if (!value.isEmpty()) {
            // The export ends each name with the account's number.
            fields.put(field.getKey().replaceFirst("_\\d{3,}$", ""), value);
          }
        });
    return fields;
  }
}
