package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.ticket.Attachment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that happened on one ticket, in order: what was said, noted and done. Of a very long
/// one the newest part; `earlier` then leads to what came before.
public record Timeline(long number, List<Entry> entries, @Nullable String earlier) {

  public Timeline {
    entries = List.copyOf(entries);
  }

  /// One line or card of the conversation; its revision is its place and its id on the page.
  public sealed interface Entry {
    long revision();

    Instant at();

    /// A message to or from the customer.
    record Said(
        long revision,
        Instant at,
        Actor by,
        boolean isAutomatic,
        Words words,
        List<Attached> attached)
        implements Entry {
      public boolean isOurs() {
        return !by.kind().equals("customer");
      }
    }

    /// A note among agents.
    record Noted(long revision, Instant at, String by, String text) implements Entry {}

    /// Something that was done.
    record Happened(long revision, Instant at, String icon, String who, String what)
        implements Entry {}
  }

  /// The text of a message; `quoted` is what it repeats of earlier ones, `frame` the address of its
  /// formatted form and `original` that of the mail as it came, if it has them.
  public record Words(
      String text, String quoted, @Nullable String frame, @Nullable String original) {}

  /// A file that came or went with a message.
  public record Attached(String name, String href, String size, boolean isImage) {
    static Attached of(Attachment file) {
      return new Attached(
          file.name(), "/attachments/" + file.id(), size(file.size()), isImage(file.type()));
    }

    private static boolean isImage(String type) {
      return type.startsWith("image/");
    }

    private static String size(long bytes) {
      if (bytes < 1024) {
        return bytes + " B";
      }
      return bytes < 1024 * 1024 ? bytes / 1024 + " KB" : bytes / (1024 * 1024) + " MB";
    }
  }
}
