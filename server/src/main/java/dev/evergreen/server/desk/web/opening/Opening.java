package dev.evergreen.server.desk.web.opening;

import dev.evergreen.server.desk.web.Channels;
import dev.evergreen.server.desk.web.Choice;
import java.util.List;

/// The form of a ticket that an agent opens for somebody on the phone, in a chat or in person: what
/// was typed so far, and why it was not taken.
public record Opening(
    String address,
    String name,
    String channel,
    String subject,
    String text,
    boolean mine,
    String problem) {

  static Opening of(String address, String name) {
    return new Opening(address, name, "phone", "", "", true, "");
  }

  Opening refused(String detail) {
    return new Opening(address, name, channel, subject, text, mine, detail);
  }

  public List<Choice> channels() {
    return Channels.BY_HAND;
  }
}
