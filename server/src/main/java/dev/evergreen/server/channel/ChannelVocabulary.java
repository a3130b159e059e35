package dev.evergreen.server.channel;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.ActionType;
import dev.evergreen.language.EventType;
import dev.evergreen.language.FactType;
import dev.evergreen.language.MessageText;
import dev.evergreen.language.Parameter;
import dev.evergreen.language.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.core.io.Resource;
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
  public List<MessageText> texts() {
    try {
      var found =
          new PathMatchingResourcePatternResolver().getResources("classpath*:texts/*.liquid");
      return Arrays.stream(found)
          .map(ChannelVocabulary::text)
          .sorted(Comparator.comparing(MessageText::name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<FactType> textValues() {
    return List.of(
        FactType.of(
            "organization", "", "Us.", Parameter.of("name", "Our name.", new ValueType.Text())),
        FactType.of(
            "links",
            "",
            "Addresses of pages.",
            Parameter.of(
                "confirm", "Where the customer says whether it is solved.", new ValueType.Text())));
  }

  private static MessageText text(Resource file) {
    try {
      var name = Objects.requireNonNullElse(file.getFilename(), "").replaceFirst("\\.liquid$", "");
      return new MessageText(name, file.getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
