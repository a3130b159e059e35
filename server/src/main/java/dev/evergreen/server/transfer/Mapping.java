package dev.evergreen.server.transfer;

import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.TicketType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What foreign words become here: what somebody chose, else what is called the same, else what the
/// words of the field usually mean. What becomes of a word is counted, so that it can be looked at
/// before anything is written.
public final class Mapping {
  /// So many different words of one aspect are counted each for itself.
  private static final int MOST_WORDS = 300;

  /// Chosen for a word that is to be left out.
  static final String NOTHING = "-";

  private static final Map<String, Status> STATUSES =
      Map.ofEntries(
          Map.entry("waiting-on-customer", Status.PENDING),
          Map.entry("waiting-for-customer", Status.PENDING),
          Map.entry("waiting-on-contact", Status.PENDING),
          Map.entry("awaiting-reply", Status.PENDING),
          Map.entry("pending-reminder", Status.PENDING),
          Map.entry("waiting", Status.PENDING),
          Map.entry("hold", Status.ON_HOLD),
          Map.entry("on-hold", Status.ON_HOLD),
          Map.entry("waiting-on-third-party", Status.ON_HOLD),
          Map.entry("in-progress", Status.OPEN),
          Map.entry("reopened", Status.OPEN),
          Map.entry("active", Status.OPEN),
          Map.entry("resolved", Status.SOLVED),
          Map.entry("pending-close", Status.SOLVED),
          Map.entry("done", Status.CLOSED),
          Map.entry("merged", Status.CLOSED),
          Map.entry("archived", Status.CLOSED),
          Map.entry("deleted", Status.CLOSED),
          Map.entry("removed", Status.CLOSED),
          Map.entry("spam", Status.CLOSED));
  private static final Map<String, Priority> PRIORITIES =
      Map.ofEntries(
          Map.entry("1-low", Priority.LOW),
          Map.entry("lowest", Priority.LOW),
          Map.entry("medium", Priority.NORMAL),
          Map.entry("2-normal", Priority.NORMAL),
          Map.entry("3-high", Priority.HIGH),
          Map.entry("emergency", Priority.URGENT),
          Map.entry("critical", Priority.URGENT),
          Map.entry("highest", Priority.URGENT));
  private static final Map<String, TicketType> TYPES =
      Map.of(
          "task", TicketType.REQUEST,
          "feature-request", TicketType.REQUEST,
          "service-request", TicketType.REQUEST,
          "feature", TicketType.REQUEST,
          "bug", TicketType.INCIDENT,
          "complaint", TicketType.FEEDBACK);
  private static final Map<String, String> CHANNELS =
      Map.ofEntries(
          Map.entry("voice", "phone"),
          Map.entry("call", "phone"),
          Map.entry("chat", "chat"),
          Map.entry("phone", "phone"),
          Map.entry("messaging", "chat"),
          Map.entry("native-messaging", "chat"),
          Map.entry("whatsapp", "chat"),
          Map.entry("telegram", "chat"),
          Map.entry("in-person", "in_person"),
          Map.entry("walk-in", "in_person"));

  private final House house;
  private final Map<String, String> chosen;
  private final Map<Aspect, Map<String, Meaning>> known = new ConcurrentHashMap<>();

  Mapping(House house, Map<String, String> chosen) {
    this.house = house;
    this.chosen = Map.copyOf(chosen);
    Arrays.stream(Aspect.values()).forEach(aspect -> known.put(aspect, new LinkedHashMap<>()));
  }

  /// What one word becomes.
  ///
  /// @param becomes our word; empty when it is left out
  /// @param isGuess nobody chose it and nothing here is called so
  public record Meaning(Aspect aspect, String word, String becomes, boolean isGuess, long count) {
    Meaning once() {
      return new Meaning(aspect, word, becomes, isGuess, count + 1);
    }
  }

  /// All words that came, by aspect, the most frequent first.
  public synchronized List<Meaning> meanings() {
    return Arrays.stream(Aspect.values())
        .flatMap(aspect ->
            Objects.requireNonNull(known.get(aspect)).values().stream()
                .sorted((one, other) -> Long.compare(other.count(), one.count())))
        .toList();
  }

  Status status(String word) {
    var key = become(Aspect.STATUS, word);
    return key.isEmpty() ? Status.OPEN : Status.valueOf(key.toUpperCase(Locale.ROOT));
  }

  Priority priority(String word) {
    var key = become(Aspect.PRIORITY, word);
    return key.isEmpty() ? Priority.NORMAL : Priority.valueOf(key.toUpperCase(Locale.ROOT));
  }

  @Nullable TicketType type(String word) {
    var key = become(Aspect.TYPE, word);
    return key.isEmpty() ? null : TicketType.valueOf(key.toUpperCase(Locale.ROOT));
  }

  @Nullable Severity severity(String word) {
    var key = become(Aspect.SEVERITY, word);
    return key.isEmpty() ? null : Severity.valueOf(key.toUpperCase(Locale.ROOT));
  }

  /// What our word for this foreign one is; empty for none.
  synchronized String become(Aspect aspect, String word) {
    if (word.isBlank()) {
      return "";
    }
    var words = Objects.requireNonNull(known.get(aspect));
    var meaning = words.get(word);
    if (meaning == null) {
      meaning = meaning(aspect, word);
      if (words.size() >= MOST_WORDS) {
        return meaning.becomes();
      }
    }
    words.put(word, meaning.once());
    return meaning.becomes();
  }

  private Meaning meaning(Aspect aspect, String word) {
    var choice = chosen.get(aspect.key() + ":" + word);
    if (choice != null) {
      var become = choice.equals(NOTHING) ? "" : allowed(aspect, choice) ? choice : "";
      return new Meaning(aspect, word, become, false, 0);
    }
    var slug = House.slug(word);
    return switch (aspect) {
      case STATUS -> {
        var own = house.status(word).map(status -> status.category().key()).orElse(null);
        var usual = STATUSES.get(slug);
        var same = named(Status.values(), Status::key, slug);
        yield own != null || same != null
            ? new Meaning(aspect, word, own != null ? own : String.valueOf(same), false, 0)
            : new Meaning(aspect, word, usual == null ? "open" : usual.key(), true, 0);
      }
      case PRIORITY ->
          usual(aspect, word, named(Priority.values(), Priority::key, slug), key(PRIORITIES, slug));
      case TYPE ->
          usual(aspect, word, named(TicketType.values(), TicketType::key, slug), key(slug));
      case SEVERITY -> usual(aspect, word, named(Severity.values(), Severity::key, slug), null);
      case CATEGORY -> coded(aspect, word, house.categories());
      case OUTCOME -> coded(aspect, word, house.outcomes());
      case CHANNEL ->
          new Meaning(
              aspect, word, Objects.requireNonNullElse(CHANNELS.get(slug), "email"), false, 0);
      case TEAM ->
          new Meaning(aspect, word, house.team(word).map(t -> t.key()).orElse(""), false, 0);
      case FIELD, CUSTOMER_FIELD, ORGANIZATION_FIELD ->
          new Meaning(
              aspect, word, house.field(aspect, word).map(OwnField::key).orElse(""), false, 0);
    };
  }

  private static Meaning usual(
      Aspect aspect, String word, @Nullable String same, @Nullable String usual) {
    return same != null
        ? new Meaning(aspect, word, same, false, 0)
        : new Meaning(aspect, word, Objects.requireNonNullElse(usual, ""), true, 0);
  }

  private static Meaning coded(Aspect aspect, String word, List<Code> codes) {
    return new Meaning(aspect, word, House.code(codes, word).map(Code::key).orElse(""), false, 0);
  }

  private static @Nullable String key(Map<String, Priority> usual, String slug) {
    var priority = usual.get(slug);
    return priority == null ? null : priority.key();
  }

  private static @Nullable String key(String slug) {
    var type = TYPES.get(slug);
    return type == null ? null : type.key();
  }

  private static <E> @Nullable String named(
      E[] values, java.util.function.Function<E, String> key, String slug) {
    return Arrays.stream(values)
        .map(key)
        .filter(one -> one.replace('_', '-').equals(slug))
        .findFirst()
        .orElse(null);
  }

  /// What a word of this aspect can become.
  List<String> choices(Aspect aspect) {
    return switch (aspect) {
      case STATUS -> Arrays.stream(Status.values()).map(Status::key).toList();
      case PRIORITY -> Arrays.stream(Priority.values()).map(Priority::key).toList();
      case TYPE -> Arrays.stream(TicketType.values()).map(TicketType::key).toList();
      case SEVERITY -> Arrays.stream(Severity.values()).map(Severity::key).toList();
      case CATEGORY -> house.categories().stream().map(Code::key).toList();
      case OUTCOME -> house.outcomes().stream().map(Code::key).toList();
      case CHANNEL -> List.of("email", "phone", "chat", "in_person");
      case TEAM -> house.teams().stream().map(team -> team.key()).toList();
      case FIELD, CUSTOMER_FIELD, ORGANIZATION_FIELD ->
          house.offered(aspect).map(OwnField::key).toList();
    };
  }

  private boolean allowed(Aspect aspect, String choice) {
    return choices(aspect).contains(choice);
  }
}
