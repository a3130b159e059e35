package dev.evergreen.server.transfer;

import dev.evergreen.server.ticket.past.PastTicket.Entry.Way;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A ticket as another program tells of it, whole: what is said here is not yet in our words.
///
/// @param id by which it is never taken twice
/// @param number what people there call it
/// @param place where it stands in what was given: file and line
public record ForeignTicket(
    String id,
    String number,
    String place,
    Said said,
    People people,
    Times times,
    List<Entry> entries) {
  public ForeignTicket {
    entries = List.copyOf(entries);
  }

  /// @param aspects what is said in words that are mapped to ours
  /// @param fields values of fields, by what the field is called there
  /// @param facts what only our own export says, by our own words
  public record Said(
      String subject,
      Map<Aspect, String> aspects,
      List<String> tags,
      Map<String, String> fields,
      Map<String, String> facts) {
    public Said {
      aspects = Map.copyOf(aspects);
      tags = List.copyOf(tags);
      fields = Map.copyOf(fields);
      facts = Map.copyOf(facts);
    }

    public String aspect(Aspect aspect) {
      return Objects.requireNonNullElse(aspects.get(aspect), "");
    }

    public String fact(String name) {
      return Objects.requireNonNullElse(facts.get(name), "");
    }
  }

  /// @param agent who is responsible for it
  public record People(@Nullable Person customer, @Nullable Person agent) {}

  /// What is not known is null.
  public record Times(
      @Nullable Instant opened, @Nullable Instant updated, @Nullable Instant closed) {}

  /// One entry of its timeline, in order.
  public sealed interface Entry {
    Person by();

    Instant at();

    /// A message. Text or HTML may be missing; what is quoted is not marked yet.
    record Message(Person by, Instant at, Way way, Words words, List<ForeignFile> files)
        implements Entry {
      public Message {
        files = List.copyOf(files);
      }
    }

    record Note(Person by, Instant at, String text, List<ForeignFile> files) implements Entry {
      public Note {
        files = List.copyOf(files);
      }
    }

    /// What was done, in the words of our ledger.
    record Event(Person by, Instant at, String kind, Map<String, Object> data) implements Entry {
      public Event {
        data = Map.copyOf(data);
      }
    }
  }

  /// @param html not sanitized; null when there is none
  /// @param foldAt where it only repeats earlier messages, if that is known
  public record Words(
      String text, @Nullable String html, @Nullable String mailId, @Nullable Integer foldAt) {
    public static Words of(String text, @Nullable String html) {
      return new Words(text, html, null, null);
    }
  }
}
