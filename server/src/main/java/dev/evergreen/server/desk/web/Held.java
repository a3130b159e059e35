package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.Copies;
import dev.evergreen.server.channel.HeldReply;
import dev.evergreen.server.channel.Written;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The replies on a ticket that have not gone out yet, at the end of its conversation.
public record Held(long number, List<One> replies) {
  public Held {
    replies = List.copyOf(replies);
  }

  /// @param html safe to stand in the page; null for plain text
  public record One(
      HeldReply.Id id, String writer, Instant at, String text, @Nullable String html, Signs signs) {
    static One of(HeldReply held, String writer) {
      String html = held.reply().words().html();
      return new One(
          held.id(),
          writer,
          held.plan().sendAt(),
          held.reply().words().text(),
          html == null ? null : Written.shown(html, _ -> null),
          new Signs(
              held.plan().isScheduled(),
              held.isHeldBack(),
              held.reply().attachments().size(),
              held.reply().copies() == null ? "" : Copies.typed(held.reply().copies().cc())));
    }

    /// Its time as a form's field has it.
    public String localTime(ZoneId zone) {
      return at.atZone(zone)
          .toLocalDateTime()
          .format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm"));
    }
  }

  /// @param copied who else gets it, for all to see
  public record Signs(boolean isScheduled, boolean isHeldBack, int files, String copied) {}
}
