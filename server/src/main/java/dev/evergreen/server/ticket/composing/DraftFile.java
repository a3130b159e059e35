package dev.evergreen.server.ticket.composing;

import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.ticket.NewAttachment;
import org.jspecify.annotations.Nullable;

/// A file that is to go out with what an agent is writing.
///
/// @param contentId how the words name it when they show it; null when it is only attached
/// @param isBorrowed whether it stands on a message too
public record DraftFile(
    long id,
    FileId file,
    String name,
    String type,
    long size,
    @Nullable String contentId,
    boolean isBorrowed) {

  /// As it goes out.
  public NewAttachment attachment() {
    return new NewAttachment(file, name, type, size, contentId);
  }
}
