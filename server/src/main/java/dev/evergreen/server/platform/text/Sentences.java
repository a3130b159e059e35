package dev.evergreen.server.platform.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The sentences with gaps of one language, of which a page asks for a few dozen texts: each is
/// looked at only if its first word, its last word or its longest piece is there.
final class Sentences {
  private final Map<String, List<Sentence>> byFirstWord = new HashMap<>();
  private final Map<String, List<Sentence>> byLastWord = new HashMap<>();
  private final List<Sentence> others = new ArrayList<>();

  Sentences(List<Sentence> sentences) {
    for (var sentence : sentences) {
      int first = sentence.start().indexOf(' ');
      int last = sentence.end().lastIndexOf(' ');
      if (first > 0) {
        add(byFirstWord, sentence.start().substring(0, first), sentence);
      } else if (last >= 0) {
        add(byLastWord, sentence.end().substring(last), sentence);
      } else {
        others.add(sentence);
      }
    }
  }

  /// Those that a text may be, the one that says most first.
  List<Sentence> near(String text) {
    var near = new ArrayList<Sentence>();
    int first = text.indexOf(' ');
    int last = text.lastIndexOf(' ');
    if (first > 0) {
      near.addAll(byFirstWord.getOrDefault(text.substring(0, first), List.of()));
    }
    if (last >= 0) {
      near.addAll(byLastWord.getOrDefault(text.substring(last), List.of()));
    }
    near.addAll(others);
    near.removeIf(sentence -> !sentence.mayBe(text));
    near.sort(Comparator.comparingInt(Sentence::weight).reversed());
    return near;
  }

  private static void add(Map<String, List<Sentence>> index, String word, Sentence sentence) {
    index.computeIfAbsent(word, _ -> new ArrayList<>()).add(sentence);
  }
}
