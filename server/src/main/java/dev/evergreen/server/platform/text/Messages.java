package dev.evergreen.server.platform.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// All texts of one language, read once from its folder of message files. A text of a page is found
/// by its English; one that came with names and numbers in it, by what stands around them.
final class Messages {
  private static final String SENTENCES = "sentences-";
  private static final String SCRIPTS = "scripts";
  private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(,\\d{3})+");
  private static final String AND = " and ";
  private static final String BETWEEN = " · ";
  private static final Map<Language, Messages> ALL = all();

  private final Language language;
  private final Map<String, List<String>> forms = new HashMap<>();
  private final Map<String, String> forScripts = new HashMap<>();
  private final Sentences sentences;

  private Messages(Language language, Map<String, String> files) {
    this.language = language;
    var filled = new ArrayList<Sentence>();
    files.forEach((name, content) -> {
      for (var message : MessageFile.read(name, content)) {
        if (name.startsWith(SCRIPTS)) {
          forScripts.put(message.english(), message.forms().getFirst());
        } else {
          forms.put(message.english(), message.forms());
        }
        if (name.startsWith(SENTENCES) && Sentence.hasGaps(message.english())) {
          filled.add(Sentence.of(message.english(), message.forms().getFirst()));
        }
      }
    });
    sentences = new Sentences(filled);
  }

  /// Null for English, which needs none.
  static @Nullable Messages of(Language language) {
    return ALL.get(language);
  }

  /// A text that stands so in a message file, as it is; null when none does.
  @Nullable String exact(String english) {
    var found = forms.get(english);
    return found == null ? null : found.getFirst();
  }

  /// A text with a count in it; null when there is none.
  @Nullable String counted(String english, long count) {
    var found = forms.get(english);
    return found == null ? null : found.get(Math.min(found.size() - 1, language.formOf(count)));
  }

  /// A text that may have its gaps filled already. What no file knows stays as it is: names, what
  /// people wrote.
  String said(String english) {
    var exact = exact(english);
    if (exact != null) {
      return exact;
    }
    return english.contains(AND)
        ? listed(english).orElseGet(() -> asSentence(english))
        : asSentence(english);
  }

  /// `sets the priority to high, tags it “late” and makes you responsible`: each is said by itself,
  /// if each is known.
  private Optional<String> listed(String english) {
    int last = english.lastIndexOf(AND);
    var parts = new ArrayList<>(List.of(english.substring(0, last).split(", ")));
    parts.add(english.substring(last + AND.length()));
    var said = parts.stream().map(this::asSentence).toList();
    for (int i = 0; i < said.size(); i++) {
      if (said.get(i).equals(parts.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(
        String.join(", ", said.subList(0, said.size() - 1))
            + AND.replace("and", said("and"))
            + said.getLast());
  }

  private String asSentence(String english) {
    var exact = exact(english);
    if (exact != null) {
      return exact;
    }
    return sentences.near(english).stream()
        .flatMap(sentence -> saidAs(sentence, english).stream())
        .findFirst()
        .orElseGet(() -> inParts(english));
  }

  /// What stands beside each other, `Team Frontline · within 4 hours`, is said one by one.
  private String inParts(String english) {
    return english.contains(BETWEEN)
        ? Arrays.stream(english.split(Pattern.quote(BETWEEN)))
            .map(this::said)
            .collect(Collectors.joining(BETWEEN))
        : english;
  }

  private Optional<String> saidAs(Sentence sentence, String english) {
    return sentence
        .in(english)
        .map(gaps -> {
          var said = new Object[gaps.size()];
          for (int gap = 0; gap < said.length; gap++) {
            String found = gaps.get(gap);
            said[gap] = sentence.isQuoted(gap) ? found : inGap(found);
          }
          return Texts.filled(sentence.translated(), said);
        });
  }

  private String inGap(String found) {
    return GROUPED.matcher(found).matches()
        ? NumberFormat.getIntegerInstance(language.locale())
            .format(Long.parseLong(found.replace(",", "")))
        : said(found);
  }

  /// What scripts say, by its English.
  Map<String, String> forScripts() {
    return Map.copyOf(forScripts);
  }

  private static Map<Language, Messages> all() {
    var all = new EnumMap<Language, Messages>(Language.class);
    for (var language : Language.translated()) {
      all.put(language, new Messages(language, files(language)));
    }
    return all;
  }

  static Map<String, String> files(Language language) {
    try {
      var found =
          new PathMatchingResourcePatternResolver(Messages.class.getClassLoader())
              .getResources("classpath*:messages/" + language.tag() + "/*.po");
      return Arrays.stream(found)
          .collect(
              Collectors.toMap(
                  file -> String.valueOf(file.getFilename()),
                  file -> {
                    try {
                      return file.getContentAsString(StandardCharsets.UTF_8);
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }));
    } catch (IOException e) {
      throw new UncheckedIOException("expected the message files of " + language, e);
    }
  }
}
