package dev.evergreen.server.channel.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A mailbox as a mail's header names it: a display name, which proves nothing, and an address,
/// still as written; what it identifies is the customer module's to say.
public record Address(String name, String address) {
  private static final Pattern PLAIN =
      Pattern.compile("[^\\s<>()\\[\\]:;,\"@\\\\]{1,128}@[^\\s<>()\\[\\]:;,\"@\\\\]{1,255}");

  /// Reads an address list as loosely as mail programs write it: quoted names with commas, names
  /// with a bare @, missing brackets. The address in the last angle brackets of an entry counts,
  /// else the only address in it.
  static List<Address> list(String value) {
    String text = value.length() > 20_000 ? value.substring(0, 20_000) : value;
    return entries(text).stream().map(Address::one).flatMap(Optional::stream).toList();
  }

  private static Optional<Address> one(String entry) {
    int open = entry.lastIndexOf('<');
    int close = entry.indexOf('>', open + 1);
    if (open >= 0 && close > open) {
      String address = entry.substring(open + 1, close).strip();
      String name = nameOf(entry.substring(0, open));
      return PLAIN.matcher(address).matches()
          ? Optional.of(new Address(name, address))
          : Optional.empty();
    }
    Matcher plain = PLAIN.matcher(entry);
    return plain.find() ? Optional.of(new Address("", plain.group())) : Optional.empty();
  }

  private static String nameOf(String written) {
    String name = EncodedWords.decode(written.strip());
    name = name.replaceAll("\\\\(.)", "$1").replaceAll("[\\p{Cntrl}\"\\s]+", " ").strip();
    return name.length() > 200 ? name.substring(0, 200) : name;
  }

  /// Splits at commas and semicolons outside quotes, brackets and comments; comments are dropped.
  private static List<String> entries(String value) {
    var entries = new ArrayList<String>();
    var entry = new StringBuilder();
    boolean quoted = false;
    int comments = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length() && (quoted || comments > 0)) {
        i++;
        if (comments == 0) {
          entry.append(c).append(value.charAt(i));
        }
      } else if (c == '"' && comments == 0) {
        quoted = !quoted;
        entry.append(c);
      } else if (c == '(' && !quoted) {
        comments++;
      } else if (c == ')' && comments > 0) {
        comments--;
      } else if ((c == ',' || c == ';') && !quoted && comments == 0) {
        entries.add(entry.toString());
        entry.setLength(0);
      } else if (c == ':' && !quoted && comments == 0 && entry.indexOf("<") < 0) {
        entry.setLength(0);
      } else if (comments == 0) {
        entry.append(c);
      }
    }
    entries.add(entry.toString());
    return entries;
  }
}
