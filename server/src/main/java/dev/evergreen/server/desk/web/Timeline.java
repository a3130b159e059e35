package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.ticket.Attachment;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that happened on one ticket, in order: what was said, noted and done. Of a long one a
/// part, with the ways to the rest.
public record Timeline(long number, List<Entry> entries, Reach reach) {

  public Timeline {
    entries = List.copyOf(entries);
  }

  /// How far a part reaches: `since` is the ledger entry it begins with.
  public record Reach(long since, boolean hasEarlier, boolean isUpToNow) {}

  /// Where what came before this part is fetched from, and shown by a browser without scripts.
  public String earlier() {
    return "/tickets/%d/timeline?before=%d".formatted(number, reach.since());
  }

  public String earlierPage() {
    return "/tickets/%d?before=%d".formatted(number, reach.since());
  }

  /// Whom the mails named that came after our last answer.
  List<String> copiedSinceAnswer() {
    var copied = new LinkedHashSet<String>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Said said && said.by().kind().equals("agent")) {
        copied.clear();
      } else if (entry instanceof Entry.Said said && !said.isOurs()) {
        copied.addAll(said.speaker().copied());
      }
    }
    return List.copyOf(copied);
  }

  /// One line or card of the conversation.
  public sealed interface Entry {
    String domId();

    Instant at();

    /// A message to or from the customer.
    record Said(String domId, Instant at, Speaker speaker, Words words, List<Attached> attached)
        implements Entry {
      public Actor by() {
        return speaker.by();
      }

      public boolean isOurs() {
        return !by().kind().equals("customer");
      }

      /// How it went, beside the name.
      public String way() {
        return speaker.on().isEmpty() ? went() : went() + " " + speaker.on();
      }

      private String went() {
        if (isOurs()) {
          return "to the customer";
        }
        return speaker.isAutomatic() ? "automatic mail" : speaker.channel();
      }
    }

    /// A note among agents.
    record Noted(String domId, Instant at, String by, String text) implements Entry {}

    /// Something that was done; `until` is the time that the sentence ends with, if it has one, and
    /// `undo` the address by which its reader takes it back.
    record Happened(
        String domId,
        Instant at,
        String icon,
        String who,
        String what,
        @Nullable Instant until,
        @Nullable String undo)
        implements Entry {}
  }

  /// Who wrote, over which channel, or which machine wrote in their place; `on` says on which
  /// ticket when that was another one, which lives on in this; `copied` who got it too.
  public record Speaker(
      Actor by, String channel, boolean isAutomatic, String on, List<String> copied) {
    public Speaker {
      copied = List.copyOf(copied);
    }
  }

  /// The text of a message; `quoted` is what it repeats of earlier ones. What we formatted stands
  /// in the page as `html`; for what others formatted, `frame` is the address of a frame to show it
  /// in. `original` is that of the mail as it came, `forward` where it is passed on.
  public record Words(
      String text,
      String quoted,
      @Nullable String html,
      @Nullable String frame,
      @Nullable String original,
      @Nullable String forward) {}

  /// A file that came or went with a message.
  public record Attached(String name, String href, String size, boolean isImage) {
    static Attached of(Attachment file) {
      return new Attached(
          file.name(), "/attachments/" + file.id(), size(file.size()), isImage(file.type()));
    }

    private static boolean isImage(String type) {
      return type.startsWith("image/");
    }

    public static String size(long bytes) {
      if (bytes < 1024) {
        return bytes + " B";
      }
      return bytes < 1024 * 1024 ? bytes / 1024 + " KB" : bytes / (1024 * 1024) + " MB";
    }
  }
}
