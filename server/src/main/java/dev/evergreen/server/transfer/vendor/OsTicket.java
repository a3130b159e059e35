package dev.evergreen.server.transfer.vendor;

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
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// osTicket: the tables of its database as phpMyAdmin exports them in JSON, with any prefix. Tables
/// and columns after the install-mysql.sql of osTicket 1.18.
final class OsTicket implements Vendor {
  private static final String FILES_OF = "files-of";
  private static final String CHUNK = "chunk";

  /// The tables that are of use, longest names first so that a prefix is told from a name.
  private static final List<String> TABLES =
      List.of(
          "thread_entry_email",
          "thread_entry",
          "ticket_priority",
          "ticket__cdata",
          "ticket_status",
          "user_email",
          "organization",
          "help_topic",
          "file_chunk",
          "department",
          "attachment",
          "thread",
          "ticket",
          "staff",
          "team",
          "user",
          "file");

  @Override
  public Set<String> collections() {
    return Set.of("data");
  }

  @Override
  public void cut(String collection, JsonNode row, Cut cut) {
    var table =
        TABLES.stream()
            .filter(name -> collection.equals(name) || collection.endsWith("_" + name))
            .findFirst()
            .orElse("");
    switch (table) {
      case "ticket" -> cut.piece(TICKET, key(row, "ticket_id"), row);
      case "ticket__cdata",
          "ticket_status",
          "ticket_priority",
          "department",
          "staff",
          "team",
          "organization",
          "help_topic",
          "user",
          "file" ->
          cut.piece(table, key(row, own(table)), row);
      case "thread" -> {
        if (text(row, "object_type").equals("T")) {
          cut.piece("thread", key(row, "id"), key(row, "object_id"), row);
        }
      }
      case "thread_entry" -> cut.piece(ENTRY, key(row, "id"), key(row, "thread_id"), row);
      case "thread_entry_email" -> cut.piece("mail", key(row, "thread_entry_id"), row);
      case "user_email" -> cut.piece("address", key(row, "id"), key(row, "user_id"), row);
      case "attachment" -> {
        if (Set.of("H", "").contains(text(row, "type"))) {
          var entry = key(row, "object_id");
          cut.piece(FILES_OF, entry + "/" + key(row, "file_id"), entry, row);
        }
      }
      case "file_chunk" -> {
        var file = key(row, "file_id");
        cut.piece(CHUNK, file + "/" + key(row, "chunk_id"), file, row);
      }
      default -> {
        // osTicket has many tables more, which say nothing of a ticket.
      }
    }
  }

  private static String own(String table) {
    return switch (table) {
      case "ticket__cdata" -> "ticket_id";
      case "ticket_priority" -> "priority_id";
      case "staff" -> "staff_id";
      case "team" -> "team_id";
      case "help_topic" -> "topic_id";
      default -> "id";
    };
  }

  @Override
  public ForeignTicket put(Piece piece, Pieces pieces, Bundle bundle) {
    var ticket = piece.data();
    var details = pieces.get("ticket__cdata", piece.key()).data();
    var customer = customer(text(ticket, "user_id"), pieces);
    var opened = Objects.requireNonNullElse(time(ticket, "created"), Instant.EPOCH);
    var entries = new ArrayList<Entry>();
    for (var thread : pieces.of("thread", piece.key())) {
      for (var entry : pieces.of(ENTRY, thread.key())) {
        entries.add(entry(entry, customer, pieces, opened));
      }
    }
    var closed = time(ticket, "closed");
    return new ForeignTicket(
        text(ticket, "ticket_id"),
        text(ticket, "number"),
        piece.place(),
        new ForeignTicket.Said(
            text(details, "subject"),
            aspects(ticket, details, pieces),
            List.of(),
            fields(details),
            Map.of()),
        new ForeignTicket.People(customer, staff(text(ticket, "staff_id"), pieces)),
        new ForeignTicket.Times(
            time(ticket, "created"), time(ticket, "lastupdate", "updated"), closed),
        entries);
  }

  private static Map<Aspect, String> aspects(JsonNode ticket, JsonNode details, Pieces pieces) {
    var aspects = new HashMap<Aspect, String>();
    var status = pieces.get("ticket_status", key(ticket, "status_id")).data();
    aspects.put(Aspect.STATUS, text(status, "name", "state"));
    var priority = text(details, "priority");
    aspects.put(
        Aspect.PRIORITY,
        priority.matches("\\d+")
            ? text(pieces.get("ticket_priority", key(priority)).data(), "priority")
            : priority);
    aspects.put(
        Aspect.CATEGORY, text(pieces.get("help_topic", key(ticket, "topic_id")).data(), "topic"));
    aspects.put(Aspect.TEAM, text(pieces.get("department", key(ticket, "dept_id")).data(), "name"));
    aspects.put(Aspect.CHANNEL, text(ticket, "source"));
    return aspects;
  }

  private static Map<String, String> fields(JsonNode details) {
    var fields = new HashMap<String, String>();
    details
        .properties()
        .forEach(field -> {
          if (!Set.of("ticket_id", "subject", "priority").contains(field.getKey())) {
            var value = Json.typed(field.getValue());
            if (!value.isEmpty()) {
              fields.put(field.getKey(), value);
            }
          }
        });
    return fields;
  }

  /// `M` is a message, `R` an answer, `N` a note.
  private static Entry entry(
      Piece piece, @Nullable Person customer, Pieces pieces, Instant opened) {
    var row = piece.data();
    var at = Objects.requireNonNullElse(time(row, "created"), opened);
    var isHtml = text(row, "format").equals("html");
    var body = text(row, "body");
    var files = files(piece.key(), pieces);
    var user = text(row, "user_id");
    var author =
        customer != null && user.equals(customer.key()) ? customer : customer(user, pieces);
    var staff = staff(text(row, "staff_id"), pieces);
    var poster = text(row, "poster");
    return switch (text(row, "type")) {
      case "N" ->
          new Entry.Note(
              staff == null ? Person.agent("", poster, "") : staff,
              at,
              isHtml ? HtmlText.of(body) : body,
              files);
      case "R" ->
          new Entry.Message(
              staff == null ? Person.agent("", poster, "") : staff,
              at,
              Way.TO_CUSTOMER,
              words(body, isHtml, piece, pieces),
              files);
      default ->
          new Entry.Message(
              author == null ? Person.customer(user, poster, "", "") : author,
              at,
              Way.FROM_CUSTOMER,
              words(body, isHtml, piece, pieces),
              files);
    };
  }

  private static Words words(String body, boolean isHtml, Piece piece, Pieces pieces) {
    var mail = text(pieces.get("mail", piece.key()).data(), "mid").replaceAll("^<|>$", "");
    return new Words(isHtml ? "" : body, isHtml ? body : null, mail.isEmpty() ? null : mail, null);
  }

  private static List<ForeignFile> files(String entry, Pieces pieces) {
    var files = new ArrayList<ForeignFile>();
    for (var attached : pieces.of(FILES_OF, entry)) {
      var id = key(attached.data(), "file_id");
      var file = pieces.get("file", id).data();
      var name = text(attached.data(), "name");
      files.add(
          new ForeignFile(
              name.isEmpty() ? text(file, "name") : name,
              text(file, "type"),
              null,
              pieces.of(CHUNK, id).isEmpty() ? null : () -> content(id, pieces)));
    }
    return files;
  }

  private static InputStream content(String file, Pieces pieces) {
    var chunks =
        pieces.of(CHUNK, file).stream()
            .<InputStream>map(
                chunk -> new ByteArrayInputStream(bytes(text(chunk.data(), "filedata"))))
            .toList();
    return new SequenceInputStream(Collections.enumeration(chunks));
  }

  /// phpMyAdmin writes bytes as `0x…` or in base64.
  private static byte[] bytes(String written) {
    return written.startsWith("0x")
        ? HexFormat.of().parseHex(written.substring(2))
        : Base64.getMimeDecoder().decode(written);
  }

  private static @Nullable Person customer(String id, Pieces pieces) {
    if (id.isEmpty() || id.equals("0")) {
      return null;
    }
    var user = pieces.get("user", key(id)).data();
    var address = text(pieces.get("address", key(user, "default_email_id")).data(), "address");
    if (address.isEmpty()) {
      var all = pieces.of("address", key(id));
      address = all.isEmpty() ? "" : text(all.getFirst().data(), "address");
    }
    return Person.customer(
        id,
        text(user, "name"),
        address,
        text(pieces.get("organization", key(user, "org_id")).data(), "name"));
  }

  private static @Nullable Person staff(String id, Pieces pieces) {
    if (id.isEmpty() || id.equals("0")) {
      return null;
    }
    var staff = pieces.get("staff", key(id)).data();
    var name = (text(staff, "firstname") + " " + text(staff, "lastname")).strip();
    return Person.agent(id, name.isEmpty() ? text(staff, "username") : name, text(staff, "email"));
  }
}
