package dev.evergreen.server.ticket.side;

import dev.evergreen.server.platform.FileId;
import java.time.Instant;
import java.util.List;

/// Something said in a side conversation.
///
/// @param automatic whether a machine wrote it in the partner's place
public record SideMessage(
    long id,
    boolean incoming,
    String author,
    Words words,
    List<File> files,
    boolean automatic,
    Instant at) {
  public SideMessage {
    files = List.copyOf(files);
  }

  /// @param repeated what it only repeats of earlier messages
  public record Words(String news, String repeated) {}

  /// A file that came or went with it.
  public record File(long id, FileId file, String name, String type, long size) {}

  public String domId() {
    return "side-message-" + id;
  }
}
