package dev.evergreen.server.desk.web;

import java.util.List;

/// Ways to talk, as people say them.
public final class Channels {

  /// Those on which an agent listens and types it in.
  public static final List<Choice> BY_HAND =
      List.of(
          new Choice("phone", "on the phone"),
          new Choice("chat", "in a chat"),
          new Choice("in_person", "in person"));

  private Channels() {}

  static String by(String channel) {
    return BY_HAND.stream()
        .filter(choice -> choice.value().equals(channel))
        .map(Choice::label)
        .findAny()
        .orElse("by mail");
  }

  static String icon(String channel) {
    return switch (channel) {
      case "phone" -> "phone";
      case "chat" -> "message-circle";
      case "in_person" -> "user";
      default -> "mail";
    };
  }
}
