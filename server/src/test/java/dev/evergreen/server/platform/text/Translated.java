package dev.evergreen.server.platform.text;

import java.util.Set;
import java.util.stream.Collectors;

/// What must no longer be read in English.
public final class Translated {
  private Translated() {}

  /// The English texts that a language says otherwise, of those without gaps.
  public static Set<String> into(Language language) {
    return Messages.files(language).entrySet().stream()
        .map(file -> MessageFile.read(file.getKey(), file.getValue()))
        .<MessageFile.Message>mapMulti(Iterable::forEach)
        .filter(message -> message.many().isEmpty() && !Sentence.hasGaps(message.english()))
        .filter(message -> !message.forms().contains(message.english()))
        .map(MessageFile.Message::english)
        .filter(english -> english.indexOf('\u0004') < 0)
        .collect(Collectors.toSet());
  }
}
