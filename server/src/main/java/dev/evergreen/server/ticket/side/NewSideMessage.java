package dev.evergreen.server.ticket.side;

import dev.evergreen.server.ticket.NewAttachment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words for a side conversation, before they stand in it.
///
/// @param foldAt the index in the text where it only repeats earlier messages; null when nowhere
public record NewSideMessage(String text, @Nullable Integer foldAt, List<NewAttachment> files) {
  public NewSideMessage {
    files = List.copyOf(files);
  }
}
