package dev.evergreen.server.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.core.io.ClassPathResource;

/// What people say around their requests, by occasion, read from `demo/words.yaml`.
record Phrases(Map<String, List<String>> byOccasion) {
  private static final Phrases ALL = read();

  static String any(String occasion, RandomGenerator random) {
    var phrases = ALL.byOccasion.get(occasion);
    if (phrases == null) {
      throw new IllegalArgumentException("expected phrases for '" + occasion + "', found none");
    }
    return DemoPeople.any(phrases, random);
  }

  private static Phrases read() {
    var phrases = new HashMap<String, List<String>>();
    ((Map<?, ?>) yaml("words.yaml"))
        .forEach((occasion, texts) -> {
          if (texts instanceof Map<?, ?> kinds) {
            kinds.forEach((kind, of) -> phrases.put(occasion + " " + kind, strings(of)));
          } else {
            phrases.put(String.valueOf(occasion), strings(texts));
          }
        });
    return new Phrases(phrases);
  }

  static Object yaml(String file) {
    try {
      return new Load(LoadSettings.builder().build())
          .loadFromString(
              new ClassPathResource("demo/" + file).getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }
}
