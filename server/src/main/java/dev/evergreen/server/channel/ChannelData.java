package dev.evergreen.server.channel;

import dev.evergreen.server.platform.DataTable;
import dev.evergreen.server.platform.DataTable.Rows;
import dev.evergreen.server.platform.PersonalData;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The mails as they came and went. Nothing of them stays: what the figures need stands on tickets.
@Component
@Order(30)
final class ChannelData implements PersonalData {
  @Override
  public List<DataTable> tables() {
    return Stream.of(
            List.of(
                DataTable.of(
                    "outbox_attachment",
                    "files that went out with letters",
                    Rows.deletedWithFile(
                        "ticket",
                        "outbox in (select outbox.id from outbox where outbox.ticket = :id)",
                        "file"),
                    Rows.deletedWithFile(
                        Rows.PERSON,
                        "outbox in (select outbox.id from outbox where outbox.recipient = any(:names))",
                        "file")),
                DataTable.of(
                    "outbox",
                    "letters to customers",
                    Rows.deleted("ticket", "ticket = :id"),
                    Rows.deleted(Rows.PERSON, "recipient = any(:names)")),
                DataTable.of(
                    "held_reply_file",
                    "files that go with replies which have not gone out",
                    Rows.deletedWithFile(
                        "ticket",
                        "held in (select held_reply.id from held_reply where held_reply.ticket = :id)",
                        "file")),
                DataTable.of(
                    "held_copy",
                    "who gets copies of replies that have not gone out",
                    Rows.deleted(
                        "ticket",
                        "held in (select held_reply.id from held_reply where held_reply.ticket = :id)"),
                    Rows.deleted(Rows.PERSON, "address = any(:names)")),
                DataTable.of(
                    "participant",
                    "who gets copies of what is answered",
                    Rows.deleted("ticket", "ticket = :id"),
                    Rows.deleted(Rows.PERSON, "address = any(:names)")),
                DataTable.of(
                    "held_reply",
                    "replies that have not gone out",
                    Rows.deleted("ticket", "ticket = :id")),
                DataTable.of(
                    "arrival",
                    "mails as they came, byte for byte",
                    Rows.deletedWithFile("ticket", "ticket = :id", "file"),
                    Rows.deletedWithFile(Rows.PERSON, "sender = any(:names)", "file"))),
            DataTable.none("our own mailboxes, and numbers of mails", "mailbox", "fetched"),
            DataTable.none(
                "what agents prefer, and what stands under answers",
                "sending_preference",
                "signature"))
        .flatMap(List::stream)
        .toList();
  }
}
