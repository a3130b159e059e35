package dev.evergreen.server.channel.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The top header fields of a mail, unfolded, in their order. Claims of the sender, all of them.
public record Headers(List<Field> fields) {
  /// One field; the value is text but its encoded words are not yet decoded.
  public record Field(String name, String value) {}

  private static final Pattern ID = Pattern.compile("<([^<>\\s]{1,500})>");

  public Headers {
    fields = List.copyOf(fields);
  }

  public Optional<String> first(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst();
  }

  public boolean has(String name) {
    return first(name).isPresent();
  }

  /// The value in lower case, empty when there is none: for fields of fixed words.
  public String word(String name) {
    return first(name).orElse("").strip().toLowerCase(Locale.ROOT);
  }

  /// The value with encoded words decoded, on one line.
  public String text(String name) {
    return EncodedWords.decode(first(name).orElse("")).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  public String messageId() {
    List<String> ids = ids("Message-ID");
    return ids.isEmpty() ? "" : ids.getFirst();
  }

  /// The message ids in a field such as References, without their angle brackets, newest first, at
  /// most fifty.
  public List<String> ids(String name) {
    var ids = new ArrayList<String>();
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        Matcher id = ID.matcher(field.value());
        while (id.find()) {
          ids.addFirst(id.group(1));
        }
      }
    }
    return List.copyOf(ids.subList(0, Math.min(50, ids.size())));
  }

  /// The addresses in fields such as To; what cannot be read as an address is left out.
  public List<Address> addresses(String... names) {
    var found = new ArrayList<Address>();
    for (String name : names) {
      for (Field field : fields) {
        if (field.name().equalsIgnoreCase(name) && found.size() < 200) {
          found.addAll(Address.list(field.value()));
        }
      }
    }
    return List.copyOf(found);
  }
}
