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
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Zammad: what its REST API answers, best with `?expand=true`: tickets, articles, users,
/// organizations, groups, each as an array or under its name. Fields after docs.zammad.org: API,
/// Ticket, Ticket Articles, User.
final class Zammad implements Vendor {
  private static final String ORGANIZATION = "organization";
  private static final String GROUP = "group";
  private static final String LOGIN = "login";

  /// What every ticket has; whatever else it has is a field that somebody added.
  private static final Set<String> OWN =
      Set.of(
          "id",
          "group_id",
          "priority_id",
          "state_id",
          "organization_id",
          "number",
          "title",
          "owner_id",
          "customer_id",
          "note",
          "first_response_at",
          "first_response_escalation_at",
          "first_response_in_min",
          "first_response_diff_in_min",
          "close_at",
          "close_escalation_at",
          "close_in_min",
          "close_diff_in_min",
          "update_escalation_at",
          "update_in_min",
          "update_diff_in_min",
          "last_close_at",
          "last_contact_at",
          "last_contact_agent_at",
          "last_contact_customer_at",
          "last_owner_update_at",
          "create_article_type_id",
          "create_article_sender_id",
          "article_count",
          "escalation_at",
          "pending_time",
          "type",
          "time_unit",
          "preferences",
          "updated_by_id",
          "created_by_id",
          "created_at",
          "updated_at",
          "checklist_id",
          "article_ids",
          "ticket_time_accounting_ids",
          "ticket_time_accounting",
          "group",
          "organization",
          "priority",
          "state",
          "owner",
          "customer",
          "created_by",
          "updated_by",
          "create_article_type",
          "create_article_sender",
          "articles",
          "tags",
          "checklist",
          "referencing_checklist_ids",
          "mentions",
          "ai_agent_running");

  @Override
  public Set<String> collections() {
    return Set.of("tickets", "articles", "ticket_articles", "users", "organizations", "groups");
  }

  @Override
  public void cut(String collection, JsonNode object, Cut cut) {
    switch (collection.isEmpty() ? looks(object) : collection) {
      case "tickets" -> {
        cut.piece(TICKET, key(object, "id"), object);
        for (var article : object.path("articles").values()) {
          article(article, cut);
        }
      }
      case "articles", "ticket_articles" -> article(object, cut);
      case "users" -> {
        cut.piece(PERSON, key(object, "id"), object);
        cut.piece(LOGIN, text(object, "login"), object);
      }
      case "organizations" -> cut.piece(ORGANIZATION, key(object, "id"), object);
      case "groups" -> cut.piece(GROUP, key(object, "id"), object);
      default ->
          cut.finding(
              "a ticket, article, user, organization or group",
              "an object with " + String.join(", ", object.propertyNames()));
    }
  }

  private static void article(JsonNode article, Cut cut) {
    cut.piece(ENTRY, key(article, "id"), key(article, "ticket_id"), article);
  }

  private static String looks(JsonNode object) {
    if (object.has("ticket_id") && object.has("body")) {
      return "ticket_articles";
    }
    if (object.has("number") && object.has("title")) {
      return "tickets";
    }
    if (object.has("login")) {
      return "users";
    }
    return object.has("domain_assignment")
        ? "organizations"
        : object.has("email_address_id") ? "groups" : "";
  }

  @Override
  public ForeignTicket put(Piece piece, Pieces pieces, Bundle bundle) {
    var ticket = piece.data();
    var customer = person(ticket, "customer", Person.Kind.CUSTOMER, pieces);
    var opened = Objects.requireNonNullElse(time(ticket, "created_at"), Instant.EPOCH);
    var entries = new ArrayList<Entry>();
    var channel = "";
    for (var article : pieces.of(ENTRY, piece.key())) {
      channel = channel.isEmpty() ? text(article.data(), "type") : channel;
      entries.add(entry(article.data(), customer, pieces, bundle, opened));
    }
    var aspects = new HashMap<Aspect, String>();
    aspects.put(Aspect.STATUS, worded(ticket, "state"));
    aspects.put(Aspect.PRIORITY, worded(ticket, "priority"));
    aspects.put(Aspect.CHANNEL, channel);
    aspects.put(Aspect.TEAM, group(ticket, pieces));
    return new ForeignTicket(
        text(ticket, "id"),
        text(ticket, "number"),
        piece.place(),
        new ForeignTicket.Said(
            text(ticket, "title"),
            aspects,
            Json.words(ticket.path("tags")),
            fields(ticket),
            Map.of()),
        new ForeignTicket.People(customer, person(ticket, "owner", Person.Kind.AGENT, pieces)),
        new ForeignTicket.Times(
            time(ticket, "created_at"),
            time(ticket, "updated_at"),
            time(ticket, "close_at", "last_close_at")),
        entries);
  }

  /// The word, or the number of it where the API was not asked to expand.
  private static String worded(JsonNode ticket, String what) {
    var word = text(ticket.path(what), "name");
    word = word.isEmpty() ? text(ticket, what) : word;
    var number = text(ticket, what + "_id");
    return word.isEmpty() && !number.isEmpty() ? what + " " + number : word;
  }

  private static Entry entry(
      JsonNode article, @Nullable Person customer, Pieces pieces, Bundle bundle, Instant opened) {
    var at = Objects.requireNonNullElse(time(article, "created_at"), opened);
    var isHtml = text(article, "content_type").equals("text/html");
    var body = text(article, "body");
    var incoming = text(article, "sender").equals("Customer");
    var by =
        switch (text(article, "sender")) {
          case "Customer" -> Objects.requireNonNullElseGet(customer, () -> from(article));
          case "System" -> Person.program("Zammad");
          default ->
              Objects.requireNonNullElseGet(
                  person(article, "created_by", Person.Kind.AGENT, pieces),
                  () -> Person.agent("", text(article, "from"), ""));
        };
    var files = files(article, bundle);
    return flag(article, "internal")
        ? new Entry.Note(by, at, isHtml ? HtmlText.of(body) : body, files)
        : new Entry.Message(
            by,
            at,
            incoming ? Way.FROM_CUSTOMER : Way.TO_CUSTOMER,
            Words.of(isHtml ? "" : body, isHtml ? body : null),
            files);
  }

  private static Person from(JsonNode article) {
    var from = text(article, "from");
    int open = from.lastIndexOf('<');
    return open < 0
        ? Person.customer(from, from, from, "")
        : Person.customer(
            from,
            from.substring(0, open).replace("\"", "").strip(),
            from.substring(open + 1).replace(">", "").strip(),
            "");
  }

  private static List<ForeignFile> files(JsonNode article, Bundle bundle) {
    var files = new ArrayList<ForeignFile>();
    for (var file : article.path("attachments").values()) {
      var name = text(file, "filename");
      var preferences = file.path("preferences");
      files.add(
          new ForeignFile(
              name,
              text(preferences, "Mime-Type", "Content-Type"),
              null,
              content(file, name, bundle)));
    }
    return files;
  }

  private static ForeignFile.@Nullable Content content(JsonNode file, String name, Bundle bundle) {
    var data = text(file, "data");
    if (!data.isEmpty()) {
      return () -> new ByteArrayInputStream(Base64.getMimeDecoder().decode(data));
    }
    return bundle
        .named(text(file, "id") + "/" + name, name)
        .<ForeignFile.Content>map(part -> part::open)
        .orElse(null);
  }

  /// By id, by login, or by the address that an expanded answer holds.
  private static @Nullable Person person(
      JsonNode object, String role, Person.Kind kind, Pieces pieces) {
    var login = text(object, role);
    var user = pieces.get(PERSON, key(object, role + "_id")).data();
    if (!user.isObject() && !login.isEmpty()) {
      user = pieces.get(LOGIN, login).data();
    }
    if (login.equals("-") || (!user.isObject() && login.isEmpty())) {
      return null;
    }
    if (!user.isObject()) {
      return new Person(login, login.replaceFirst("@.*", ""), login, "", kind);
    }
    var name = (text(user, "firstname") + " " + text(user, "lastname")).strip();
    var company = text(user, "organization");
    if (company.isEmpty()) {
      company = text(pieces.get(ORGANIZATION, key(user, "organization_id")).data(), "name");
    }
    return new Person(
        text(user, "id"),
        name.equals("-") ? text(user, "login") : name,
        text(user, "email"),
        company,
        kind);
  }

  private static String group(JsonNode ticket, Pieces pieces) {
    var own = text(ticket, "group");
    return own.isEmpty() ? text(pieces.get(GROUP, key(ticket, "group_id")).data(), "name") : own;
  }

  private static Map<String, String> fields(JsonNode ticket) {
    var fields = new HashMap<String, String>();
    ticket
        .properties()
        .forEach(field -> {
          var value = Json.typed(field.getValue());
          if (!OWN.contains(field.getKey()) && !value.isEmpty()) {
            fields.put(field.getKey(), value);
          }
        });
    return fields;
  }
}
