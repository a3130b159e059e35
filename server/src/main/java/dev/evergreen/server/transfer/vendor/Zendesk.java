package dev.evergreen.server.transfer.vendor;

import static dev.evergreen.server.transfer.vendor.Json.flag;
import static dev.evergreen.server.transfer.vendor.Json.key;
import static dev.evergreen.server.transfer.vendor.Json.text;
import static dev.evergreen.server.transfer.vendor.Json.time;

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

/// Zendesk Support: the account's JSON export (a ticket a line, with its comments) and the pages of
/// the incremental export API (tickets, users, organizations, groups, ticket events). Fields after
/// developer.zendesk.com: Tickets, Ticket Comments, Incremental Exports, Users, Attachments.
final class Zendesk implements Vendor {
  private static final String ORGANIZATION = "organization";
  private static final String GROUP = "group";
  private static final String FIELD = "field";

  @Override
  public Set<String> collections() {
    return Set.of("tickets", "users", "organizations", "groups", "ticket_events", "ticket_fields");
  }

  @Override
  public void cut(String collection, JsonNode object, Cut cut) {
    switch (collection.isEmpty() ? looks(object) : collection) {
      case "tickets" -> {
        if (!text(object, "status").equals("deleted")) {
          cut.piece(TICKET, key(object, "id"), object);
        }
      }
      case "users" -> cut.piece(PERSON, key(object, "id"), object);
      case "organizations" -> cut.piece(ORGANIZATION, key(object, "id"), object);
      case "groups" -> cut.piece(GROUP, key(object, "id"), object);
      case "ticket_fields" -> cut.piece(FIELD, key(object, "id"), object);
      case "ticket_events" -> comments(object, cut);
      default ->
          cut.finding(
              "a ticket, user, organization, group or ticket event",
              "an object with " + String.join(", ", object.propertyNames()));
    }
  }

  private static String looks(JsonNode object) {
    if (object.has("child_events")) {
      return "ticket_events";
    }
    if (object.has("requester_id") || object.has("requester")) {
      return "tickets";
    }
    if (object.has("role") || object.has("email")) {
      return "users";
    }
    if (object.has("domain_names")) {
      return "organizations";
    }
    return object.has("ticket") ? "tickets" : "";
  }

  private static void comments(JsonNode event, Cut cut) {
    var ticket = key(event, "ticket_id");
    for (var child : event.path("child_events").values()) {
      if (text(child, "event_type", "type").equalsIgnoreCase("Comment")) {
        var comment = Json.MAPPER.createObjectNode();
        child.properties().forEach(field -> comment.set(field.getKey(), field.getValue()));
        if (!comment.has("created_at")) {
          comment.put("created_at", text(event, "created_at", "timestamp"));
        }
        if (!comment.has("author_id")) {
          comment.put("author_id", text(event, "updater_id"));
        }
        cut.piece(ENTRY, key(comment, "id"), ticket, comment);
      }
    }
  }

  @Override
  public ForeignTicket put(Piece piece, Pieces pieces, Bundle bundle) {
    var ticket = piece.data();
    var id = text(ticket, "id");
    var requester = person(ticket, "requester", pieces);
    var entries = new ArrayList<Entry>();
    var opened = Objects.requireNonNullElse(time(ticket, "created_at"), Instant.EPOCH);
    for (var comment : comments(piece, pieces)) {
      entries.add(entry(ticket, comment, requester, pieces, bundle));
    }
    if (entries.isEmpty() && !text(ticket, "description").isEmpty() && requester != null) {
      var words = Words.of(text(ticket, "description"), null);
      entries.add(new Entry.Message(requester, opened, Way.FROM_CUSTOMER, words, List.of()));
    }
    var aspects = new HashMap<Aspect, String>();
    aspects.put(Aspect.STATUS, text(ticket, "status"));
    aspects.put(Aspect.PRIORITY, text(ticket, "priority"));
    aspects.put(Aspect.TYPE, text(ticket, "type"));
    aspects.put(Aspect.CHANNEL, text(ticket.path("via"), "channel"));
    aspects.put(Aspect.TEAM, group(ticket, pieces));
    return new ForeignTicket(
        id,
        id,
        piece.place(),
        new ForeignTicket.Said(
            text(ticket, "subject", "raw_subject"),
            aspects,
            Json.words(ticket.path("tags")),
            fields(ticket, pieces),
            Map.of()),
        new ForeignTicket.People(requester, person(ticket, "assignee", pieces)),
        new ForeignTicket.Times(
            time(ticket, "created_at"),
            time(ticket, "updated_at"),
            Objects.requireNonNullElseGet(
                time(ticket.path("metric_set"), "solved_at"),
                () -> time(ticket, "updated_at", "created_at"))),
        entries);
  }

  private static List<JsonNode> comments(Piece ticket, Pieces pieces) {
    var own = ticket.data().path("comments");
    return own.isArray() && !own.isEmpty()
        ? List.copyOf(own.values())
        : pieces.of(ENTRY, ticket.key()).stream().map(Piece::data).toList();
  }

  /// Who is not told of elsewhere may be one of the ticket's own people.
  private static @Nullable Person author(JsonNode ticket, JsonNode comment, Pieces pieces) {
    var id = text(comment, "author_id");
    if (!pieces.get(PERSON, key(id)).data().isObject()) {
      for (var role : List.of("requester", "assignee", "submitter")) {
        if (text(ticket.path(role), "id").equals(id)) {
          return person(ticket, role, pieces);
        }
      }
    }
    return person(comment, "author", pieces);
  }

  private static Entry entry(
      JsonNode ticket, JsonNode comment, @Nullable Person requester, Pieces pieces, Bundle bundle) {
    var opened = Objects.requireNonNullElse(time(ticket, "created_at"), Instant.EPOCH);
    var author = author(ticket, comment, pieces);
    var isRequester = author != null && requester != null && author.key().equals(requester.key());
    var by =
        author == null
            ? Person.program("Zendesk")
            : isRequester ? Objects.requireNonNull(requester) : author;
    var at = Objects.requireNonNullElse(time(comment, "created_at"), opened);
    var files = files(comment, bundle);
    var isPublic =
        comment.has("public") ? flag(comment, "public") : flag(comment, "comment_public");
    var plain = text(comment, "plain_body", "body");
    return isPublic || by.kind() == Person.Kind.CUSTOMER
        ? new Entry.Message(
            by,
            at,
            by.kind() == Person.Kind.CUSTOMER ? Way.FROM_CUSTOMER : Way.TO_CUSTOMER,
            Words.of(plain, text(comment, "html_body")),
            files)
        : new Entry.Note(by, at, plain, files);
  }

  private static List<ForeignFile> files(JsonNode comment, Bundle bundle) {
    var files = new ArrayList<ForeignFile>();
    for (var file : comment.path("attachments").values()) {
      var name = text(file, "file_name", "filename");
      var part = bundle.named(text(file, "id") + "/" + name, name);
      files.add(
          new ForeignFile(
              name,
              text(file, "content_type"),
              null,
              part.<ForeignFile.Content>map(one -> one::open).orElse(null)));
    }
    return files;
  }

  /// Somebody whom an object holds whole or names by id.
  private static @Nullable Person person(JsonNode object, String role, Pieces pieces) {
    var whole = object.path(role);
    var id = whole.isObject() ? text(whole, "id") : text(object, role + "_id");
    if (id.isEmpty() || id.equals("-1")) {
      return null;
    }
    var known = pieces.get(PERSON, key(id)).data();
    var user = known.isObject() ? known : whole;
    var inside = user.path("organization");
    var company =
        inside.isObject() ? inside : pieces.get(ORGANIZATION, key(user, "organization_id")).data();
    var kind = text(user, "role");
    var isAgent = !kind.equals("end-user"); // who is not told of is hardly ever a customer
    return new Person(
        id,
        text(user, "name"),
        text(user, "email"),
        text(company, "name"),
        isAgent && !role.equals("requester") ? Person.Kind.AGENT : Person.Kind.CUSTOMER,
        new Person.Fields(
            Json.typedValues(user.path("user_fields")),
            Json.typedValues(company.path("organization_fields"))));
  }

  private static String group(JsonNode ticket, Pieces pieces) {
    var own = text(ticket.path("group"), "name");
    return own.isEmpty() ? text(pieces.get(GROUP, key(ticket, "group_id")).data(), "name") : own;
  }

  private static Map<String, String> fields(JsonNode ticket, Pieces pieces) {
    var fields = new HashMap<String, String>();
    var all = ticket.has("custom_fields") ? ticket.path("custom_fields") : ticket.path("fields");
    for (var field : all.values()) {
      var value = Json.typed(field.path("value"));
      if (!value.isEmpty()) {
        var title = text(pieces.get(FIELD, key(field, "id")).data(), "title", "raw_title");
        fields.put(title.isEmpty() ? "field " + text(field, "id") : title, value);
      }
    }
    return fields;
  }
}
