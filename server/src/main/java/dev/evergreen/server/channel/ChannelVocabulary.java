package dev.evergreen.server.channel;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.ActionType;
import dev.evergreen.language.EventType;
import dev.evergreen.language.Parameter;
import dev.evergreen.language.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// What mail offers to workflows: writing to the customer, and the news that a mail came back.
public final class ChannelVocabulary implements Vocabulary {
  @Override
  public List<ActionType> actions() {
    return List.of(
        ActionType.of(
            MessageSend.NAME,
            "Writes one of the message texts to the customer, on the ticket and by mail.",
            MessageSend.Text.class,
            Parameter.of(
                "sent",
                "Whether it was sent: robots, and addresses that had their share, are not written to.",
                new ValueType.Flag())));
  }

  @Override
  public List<EventType> events() {
    return List.of(
        EventType.of(
            "message.bounced",
            "ticket",
            "A mail about the ticket could not be delivered.",
            Parameter.of("status", "The mail server's status code.", new ValueType.Text())));
  }

  @Override
  public List<String> texts() {
    try {
      var found =
          new PathMatchingResourcePatternResolver().getResources("classpath*:texts/*.liquid");
      return Arrays.stream(found)
          .map(text -> Objects.requireNonNullElse(text.getFilename(), ""))
          .map(file -> file.replaceFirst("\\.liquid$", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
