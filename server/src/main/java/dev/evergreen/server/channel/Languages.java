package dev.evergreen.server.channel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Tells in which language somebody writes, by the small words that every text has. A short text
/// may have none of them: then nobody can tell.
@Component
class Languages {
  /// The languages that can be told, by their codes of ISO 639-1, with what each is called in
  /// itself.
  static final Map<String, String> KNOWN = known();

  private static final int READ = 4_000;
  private static final int ENOUGH = 2;

  private static final Map<String, Set<String>> SMALL_WORDS =
      Map.of(
          "en",
              words("the and you your we have is are for not with this that will please thank our"),
          "de",
              words("der die das und sie wir ist nicht ein eine mit für ihr ihre haben auf danke"),
          "fr", words("le les des et vous nous est pas une avec pour votre merci sur bonjour dans"),
          "es", words("el los las y usted nosotros es una con para su gracias por hola que pero"),
          "it",
              words("il gli che e noi è non una con per suo grazie buongiorno della sono abbiamo"),
          "nl", words("het een en wij niet met voor uw bedankt u van zijn hebben dat beste naar"));

  /// The code of the language of a text; empty when nobody can tell.
  String of(String text) {
    var read = text.substring(0, Math.min(text.length(), READ)).toLowerCase(Locale.ROOT);
    var words = List.of(read.split("[^\\p{L}]+"));
    var counts =
        SMALL_WORDS.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    language -> words.stream().filter(language.getValue()::contains).count()));
    var best = counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    boolean isAlone =
        counts.values().stream().filter(count -> count.equals(best.getValue())).count() == 1;
    return best.getValue() >= ENOUGH && isAlone ? best.getKey() : "";
  }

  private static Set<String> words(String some) {
    return Arrays.stream(some.split(" ")).collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, String> known() {
    var known = new LinkedHashMap<String, String>();
    known.put("de", "Deutsch");
    known.put("en", "English");
    known.put("es", "Español");
    known.put("fr", "Français");
    known.put("it", "Italiano");
    known.put("nl", "Nederlands");
    return java.util.Collections.unmodifiableMap(known);
  }
}
