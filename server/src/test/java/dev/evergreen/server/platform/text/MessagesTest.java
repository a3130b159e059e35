package dev.evergreen.server.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every text that somebody reads stands in the message files of every language, with the same
/// gaps; and the files say nothing that no page says.
class MessagesTest {
  private static final Path TEMPLATES = Path.of("src/main/jte");
  private static final Path SCRIPTS = Path.of("src/main/resources/assets");
  private static final Path SOURCES = Path.of("src/main/java");
  private static final String LITERAL = "\"((?:[^\"\\\\\\n]|\\\\.)*)\"";
  private static final Pattern TEXT = Pattern.compile("(?<![.\\w])text\\(\\s*" + LITERAL);
  private static final Pattern TEXT_AS =
      Pattern.compile("(?<![.\\w])textAs\\(\\s*" + LITERAL + ",\\s*" + LITERAL);
  private static final Pattern COUNTED =
      Pattern.compile("(?<![.\\w])counted\\([^\"\\n]*?" + LITERAL + ",\\s*" + LITERAL);
  private static final Pattern SAID = Pattern.compile("(?<![.\\w])said\\(" + LITERAL);
  private static final Pattern GAP = Pattern.compile("\\{\\d}");

  /// What is refused, and what is said when something was done: a sentence, or several put
  /// together.
  private static final Pattern REFUSED =
      Pattern.compile(
          "(?:rejected\\(\\s*(?:Outcome\\.)?Reason\\.\\w+,\\s*"
              + "|Flash\\.say\\(\\s*\\w+(?:\\.\\w+\\(\\))?,\\s*\\w+(?:\\.\\w+\\(\\))?,\\s*)"
              + "((?:\\(?\\s*"
              + LITERAL
              + "|\\s*\\+\\s*|[\\w.]+(?:\\([\\w.]*\\))?(?:\\.\\w+\\(\\))*|\\)?\\s*\\.formatted\\()+)");

  static List<Language> languages() {
    return Language.translated();
  }

  private static Messages messagesOf(Language language) {
    return Objects.requireNonNull(Messages.of(language));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void every_text_of_a_page_is_translated(Language language) throws IOException {
    var messages = messagesOf(language);
    var missing = new TreeSet<String>();
    for (var said : textsOfPages()) {
      if (messages.exact(said) == null) {
        missing.add(said.replace('\u0004', '|'));
      }
    }

    assertThat(missing).as("texts for messages/%s/pages-….po", language.tag()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("languages")
  void every_text_of_a_script_is_translated(Language language) throws IOException {
    var said = new TreeSet<String>();
    for (var script : files(SCRIPTS, ".js")) {
      all(SAID, script).map(found -> unescaped(found.group(1))).forEach(said::add);
    }

    assertThat(messagesOf(language).forScripts().keySet())
        .as("texts of messages/%s/scripts.po", language.tag())
        .containsExactlyInAnyOrderElementsOf(said);
  }

  @ParameterizedTest
  @MethodSource("languages")
  void every_refusal_is_translated(Language language) throws IOException {
    var missing = new TreeSet<String>();
    var refusals = new TreeSet<String>();
    for (var path : paths(SOURCES, ".java")) {
      if (!path.toString().contains("/api/")) {
        all(REFUSED, Files.readString(path))
            .map(found -> sample(found.group(1)))
            .filter(said -> said.matches(".*\\p{L}{3}.*\\.") && said.indexOf(' ') > 0)
            .forEach(refusals::add);
      }
    }
    refusals.stream().filter(said -> Texts.in(language, said).equals(said)).forEach(missing::add);

    assertThat(refusals).hasSizeGreaterThan(150);
    assertThat(missing).as("sentences for messages/%s/sentences-….po", language.tag()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("languages")
  void a_translation_has_the_gaps_of_its_english_and_all_its_forms(Language language) {
    var wrong = new ArrayList<String>();
    messages(language)
        .forEach((file, messages) -> {
          for (var message : messages) {
            int forms = message.many().isEmpty() ? 1 : 2;
            if (message.forms().size() != forms || message.forms().contains("")) {
              wrong.add(file + " has other forms than " + forms + ": " + message);
            }
            for (var form : message.forms()) {
              if (!gaps(form).equals(gaps(message.english()))) {
                wrong.add(file + " has other gaps: " + message.english() + " | " + form);
              }
            }
          }
        });

    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("languages")
  void one_english_text_has_one_translation(Language language) {
    var known = new HashMap<String, List<String>>();
    var wrong = new ArrayList<String>();
    messages(language)
        .forEach((file, messages) -> {
          for (var message : messages) {
            var before =
                file.startsWith("scripts")
                    ? null
                    : known.putIfAbsent(message.english(), message.forms());
            if (before != null && !before.equals(message.forms())) {
              wrong.add(message.english() + ": " + before + ", and in " + file + message.forms());
            }
          }
        });

    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("languages")
  void the_files_say_nothing_that_no_page_says(Language language) throws IOException {
    var said = textsOfPages();
    var idle = new TreeSet<String>();
    messages(language)
        .forEach((file, messages) -> {
          if (file.startsWith("pages-")) {
            messages.stream()
                .map(MessageFile.Message::english)
                .filter(english -> !said.contains(english))
                .forEach(idle::add);
          }
        });

    assertThat(idle).isEmpty();
  }

  @Test
  void a_template_says_nothing_by_itself() throws IOException {
    var bare = new ArrayList<String>();
    for (var file : paths(TEMPLATES, ".jte")) {
      if (!file.endsWith("ui/examples.jte")) {
        new TemplateTexts(Files.readString(file))
            .bare()
            .forEach(text -> bare.add(TEMPLATES.relativize(file) + ": " + text));
      }
    }

    assertThat(bare).as("visible texts that are no ${text(\"…\")}").isEmpty();
  }

  private static Set<String> textsOfPages() throws IOException {
    var said = new TreeSet<String>();
    var sources = new ArrayList<String>(files(TEMPLATES, ".jte"));
    files(SOURCES, ".java").stream()
        .filter(
            source -> source.contains("import static dev.evergreen.server.platform.text.Texts."))
        .forEach(sources::add);
    for (var source : sources) {
      all(TEXT, source).map(found -> unescaped(found.group(1))).forEach(said::add);
      all(COUNTED, source).map(found -> unescaped(found.group(1))).forEach(said::add);
      all(TEXT_AS, source)
          .map(found -> MessageFile.in(unescaped(found.group(1)), unescaped(found.group(2))))
          .forEach(said::add);
    }
    return said;
  }

  /// A refusal as somebody may read it, with a number wherever something is put in.
  private static String sample(String expression) {
    return Pattern.compile(LITERAL + "|([^\"\\s+()]+)")
        .matcher(expression.replaceAll("\\.formatted\\($", ""))
        .results()
        .map(part -> part.group(1) == null ? "7" : unescaped(part.group(1)))
        .collect(Collectors.joining())
        .replaceAll("%,?(\\d\\$)?[sd]", "7");
  }

  private static Map<String, List<MessageFile.Message>> messages(Language language) {
    return Messages.files(language).entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, file -> MessageFile.read(file.getKey(), file.getValue())));
  }

  private static Set<String> gaps(String text) {
    return GAP.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static Stream<MatchResult> all(Pattern pattern, String source) {
    return pattern.matcher(source).results();
  }

  private static String unescaped(String literal) {
    return literal.translateEscapes();
  }

  private static List<String> files(Path folder, String ending) throws IOException {
    var read = new ArrayList<String>();
    for (var path : paths(folder, ending)) {
      read.add(Files.readString(path));
    }
    return read;
  }

  private static List<Path> paths(Path folder, String ending) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(one -> one.toString().endsWith(ending)).sorted().toList();
    }
  }
}
