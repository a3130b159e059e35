package dev.evergreen.server.platform.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongToIntFunction;

/// A language that pages can be read in. English stands in the sources; each other one has a folder
/// of message files with every text, which a test makes sure of.
public enum Language {
  ENGLISH("en", "English", count -> count == 1 ? 0 : 1),
  GERMAN("de", "Deutsch", count -> count == 1 ? 0 : 1);

  private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "ur");

  private final String tag;
  private final String ownName;
  private final Locale locale;

  @SuppressWarnings("ImmutableEnumChecker") // a function, which keeps nothing
  private final LongToIntFunction plural;

  /// @param plural which of the forms a count takes, in the order of `msgstr[0]`, `msgstr[1]` …
  Language(String tag, String ownName, LongToIntFunction plural) {
    this.tag = tag;
    this.ownName = ownName;
    this.locale = Locale.forLanguageTag(tag);
    this.plural = plural;
  }

  /// As HTML and browsers call it, by BCP 47.
  public String tag() {
    return tag;
  }

  /// What it is called in itself.
  public String ownName() {
    return ownName;
  }

  public Locale locale() {
    return locale;
  }

  public boolean isRightToLeft() {
    return RIGHT_TO_LEFT.contains(locale.getLanguage());
  }

  int formOf(long count) {
    return plural.applyAsInt(count);
  }

  public static Optional<Language> of(String tag) {
    return Arrays.stream(values()).filter(language -> language.tag.equals(tag)).findFirst();
  }

  /// The first of those that somebody reads which there is.
  ///
  /// @param wanted the header `Accept-Language` of RFC 9110, section 12.5.4; empty when nothing was
  ///   said
  public static Optional<Language> among(String wanted) {
    try {
      var ranges = Locale.LanguageRange.parse(wanted);
      var there = Arrays.stream(values()).map(Language::tag).toList();
      return Optional.ofNullable(Locale.lookupTag(ranges, there)).flatMap(Language::of);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Those with message files of their own.
  static List<Language> translated() {
    return Arrays.stream(values()).filter(language -> language != ENGLISH).toList();
  }
}
