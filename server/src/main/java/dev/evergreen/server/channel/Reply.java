package dev.evergreen.server.channel;

import dev.evergreen.server.ticket.NewAttachment;
import java.util.List;

/// What an agent answers a customer.
public record Reply(String text, List<NewAttachment> attachments) {
  public Reply {
    attachments = List.copyOf(attachments);
  }
}
