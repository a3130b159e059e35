package dev.evergreen.server.platform.text;

import java.text.NumberFormat;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says a text in the language of whoever reads it. The English text is its own key, so templates
/// read as what they show: `${text("Comes back")}`, `${text("Merge into {0}", other)}`.
///
/// English is what stands in the sources and costs nothing; in another language a text is one
/// lookup in a map, and is put together only when it has gaps.
public final class Texts {
  private static final ScopedValue<Language> READ = ScopedValue.newInstance();

  private Texts() {}

  /// Does something, such as making a page, for somebody who reads this language.
  public static void reading(Language language, Runnable work) {
    ScopedValue.where(READ, language).run(work);
  }

  /// The language being read; English where nobody reads.
  public static Language language() {
    return READ.isBound() ? READ.get() : Language.ENGLISH;
  }

  /// A text of ours. One that came with its names and numbers in it (the sentence of a refusal, a
  /// line of the timeline) is known by the rest of its words; what is not ours stays as it is.
  public static String text(String english) {
    return in(language(), english);
  }

  /// The same for somebody who does not read a page: by mail, in the answer to a script.
  public static String in(Language language, String english) {
    var messages = Messages.of(language);
    return messages == null ? english : messages.said(english);
  }

  /// A letter, paragraph by paragraph, or line by line where that is known; what is not ours stays.
  public static String inParagraphs(Language language, String letter) {
    return Arrays.stream(letter.split("\n\n", -1))
        .map(paragraph -> {
          var line = paragraph.strip().replace("\n", " ");
          var said = in(language, line);
          return said.equals(line) ? inLines(language, paragraph) : said;
        })
        .collect(Collectors.joining("\n\n"));
  }

  private static String inLines(Language language, String paragraph) {
    return Arrays.stream(paragraph.split("\n", -1))
        .map(line -> in(language, line))
        .collect(Collectors.joining("\n"));
  }

  /// A text with gaps: `{0}` is where the first of the values belongs.
  public static String text(String english, @Nullable Object... values) {
    var messages = Messages.of(language());
    var said = messages == null ? null : messages.exact(english);
    return filled(said == null ? english : said, values);
  }

  /// A text whose English means something else elsewhere: `textAs("button", "Split off")`.
  public static String textAs(String context, String english) {
    var messages = Messages.of(language());
    var said = messages == null ? null : messages.exact(MessageFile.in(context, english));
    return said == null ? english : said;
  }

  /// A text with a count, which stands in `{0}`: `counted(2, "{0} ticket", "{0} tickets")`.
  public static String counted(long count, String one, String many, @Nullable Object... others) {
    var messages = Messages.of(language());
    var said = messages == null ? null : messages.counted(one, count);
    var values = new Object[others.length + 1];
    values[0] = count;
    System.arraycopy(others, 0, values, 1, others.length);
    return filled(said == null ? (count == 1 ? one : many) : said, values);
  }

  /// A number as people write it: 12,345 or 12.345.
  public static String number(long number) {
    return NumberFormat.getIntegerInstance(language().locale()).format(number);
  }

  /// What scripts say in a language, by its English.
  public static Map<String, String> forScripts(Language language) {
    var messages = Messages.of(language);
    return messages == null ? Map.of() : messages.forScripts();
  }

  static String filled(String text, @Nullable Object... values) {
    var filled = new StringBuilder(text.length() + 32);
    int from = 0;
    int gap;
    while ((gap = text.indexOf('{', from)) >= 0) {
      int value =
          gap + 2 < text.length() && text.charAt(gap + 2) == '}' ? text.charAt(gap + 1) - '0' : -1;
      if (value >= 0 && value < values.length) {
        var shown = values[value];
        filled.append(text, from, gap).append(shown == null ? "" : shown);
        from = gap + 3;
      } else {
        filled.append(text, from, gap + 1);
        from = gap + 1;
      }
    }
    return filled.append(text, from, text.length()).toString();
  }
}
