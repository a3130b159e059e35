package dev.evergreen.server.channel;

import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.FileId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A mail that we owe somebody: what to say to whom, and how it hangs together with the ticket's
/// other mails. Its Message-ID comes from its row, so every try to send it is the same mail.
public record Letter(
    OutboxId id,
    About about,
    Correspondent to,
    Heading heading,
    Content content,
    Threading thread,
    Instant queuedAt) {
  public record OutboxId(long value) {
    public String domId() {
      return "letter-" + value;
    }
  }

  public String senderName() {
    return heading.senderName();
  }

  /// What it says of whom it is from, to and in copy to: the same in each of several letters that
  /// say the same. Nobody is named here who is not to be seen.
  public record Heading(String senderName, Correspondent to, List<EmailAddress> cc) {
    public Heading {
      cc = List.copyOf(cc);
    }
  }

  /// What it is about: a ticket and, when it is not for the customer, a side conversation of it.
  public record About(@Nullable Long ticket, @Nullable Long side) {
    static About ticket(@Nullable Long ticket) {
      return new About(ticket, null);
    }
  }

  public @Nullable Long ticket() {
    return about.ticket();
  }

  /// Who receives it; the name is only for display.
  public record Correspondent(EmailAddress address, String name) {}

  /// Where the words stand that go to several, and as which of them one gets its letter.
  ///
  /// @param revision the place in the ticket's timeline
  public record Share(long revision, Part part) {}

  public enum Part {
    TO,
    CC,
    BCC;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param html its formatting, see [Written]; null when plain text says it all
  /// @param automatic whether no person wrote it: then it says so, and nothing may answer it
  public record Content(
      String subject,
      String text,
      @Nullable String html,
      List<Attachment> attachments,
      boolean automatic) {
    public Content {
      attachments = List.copyOf(attachments);
    }
  }

  /// @param contentId how the formatted words name an image that they show
  public record Attachment(FileId file, String name, String type, @Nullable String contentId) {
    /// Whether it stands among the words and not behind them.
    public boolean isShown() {
      return contentId != null;
    }
  }

  /// @param answers the id of the mail that this one answers, empty when it begins a thread
  /// @param chain ids of earlier mails, oldest first
  public record Threading(String answers, List<String> chain) {
    public static final Threading NEW = new Threading("", List.of());

    public Threading {
      chain = List.copyOf(chain);
    }
  }
}
