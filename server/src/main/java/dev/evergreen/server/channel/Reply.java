package dev.evergreen.server.channel;

import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.composing.Macro.Use;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an agent answers a customer, and what a macro does to the ticket with it.
///
/// @param copies who else gets it from now on; null when it goes to the customer alone and decides
///   nothing about the others
public record Reply(
    Written words, List<NewAttachment> attachments, @Nullable Copies copies, @Nullable Use macro) {
  public Reply {
    attachments = List.copyOf(attachments);
  }

  /// One to the customer, without a macro.
  public Reply(Written words, List<NewAttachment> attachments) {
    this(words, attachments, null, null);
  }

  /// One in plain text.
  public Reply(String text, List<NewAttachment> attachments) {
    this(new Written(text.strip(), null), attachments);
  }
}
