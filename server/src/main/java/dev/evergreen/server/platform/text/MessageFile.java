package dev.evergreen.server.platform.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One file of messages in the format of GNU gettext (PO), which translators have editors for. Of
/// the format it reads what the files here use: `msgctxt`, `msgid`, `msgid_plural`, `msgstr` and
/// comments.
final class MessageFile {
  /// One text: in English, and how it is said.
  ///
  /// @param english with its context before it, where one English text means two things: see [#in]
  /// @param many the English plural; empty where nothing is counted
  /// @param forms one, or one for each form that the language's plural has
  record Message(String english, String many, List<String> forms) {
    Message {
      forms = List.copyOf(forms);
    }
  }

  private final String name;
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, StringBuilder> fields = new TreeMap<>();
  private StringBuilder current = new StringBuilder();

  private MessageFile(String name) {
    this.name = name;
  }

  static List<Message> read(String name, String content) {
    var file = new MessageFile(name);
    content.lines().map(String::strip).forEach(file::take);
    file.end();
    return file.messages;
  }

  /// The key of a text that means something of its own somewhere, as gettext makes it.
  static String in(String context, String english) {
    return context + '\u0004' + english;
  }

  private void take(String line) {
    if (line.isEmpty()) {
      end();
    } else if (line.startsWith("\"")) {
      current.append(unquoted(line));
    } else if (!line.startsWith("#")) {
      int space = line.indexOf(' ');
      current = new StringBuilder(unquoted(line.substring(space + 1)));
      fields.put(line.substring(0, space), current);
    }
  }

  private void end() {
    var english = fields.remove("msgid");
    if (english != null && !english.isEmpty()) {
      var many = fields.remove("msgid_plural");
      var context = fields.remove("msgctxt");
      messages.add(
          new Message(
              context == null ? english.toString() : in(context.toString(), english.toString()),
              many == null ? "" : many.toString(),
              fields.values().stream().map(StringBuilder::toString).toList()));
    }
    fields.clear();
  }

  private String unquoted(String quoted) {
    if (quoted.length() < 2 || !quoted.startsWith("\"") || !quoted.endsWith("\"")) {
      throw new IllegalStateException(
          "expected a text in quotation marks in " + name + ", but found " + quoted);
    }
    return quoted.substring(1, quoted.length() - 1).translateEscapes();
  }
}
