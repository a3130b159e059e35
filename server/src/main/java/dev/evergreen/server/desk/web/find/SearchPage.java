package dev.evergreen.server.desk.web.find;

import dev.evergreen.server.ticket.search.Found;
import dev.evergreen.server.ticket.search.Found.Hit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a search found, or why it could not be asked.
///
/// @param more where the next page is; empty when there is none
public record SearchPage(String typed, Found found, String more, String problem) {
  static final Found NOTHING = new Found(List.of(), null, true);

  public boolean isAsked() {
    return !typed.isBlank();
  }

  public @Nullable String next() {
    return more.isEmpty() ? null : more;
  }

  public List<Hit> hits() {
    return found.hits();
  }

  public String status(Hit hit) {
    return hit.ticket().state().status().words();
  }

  public String tone(Hit hit) {
    return switch (hit.ticket().state().status()) {
      case NEW -> "blue";
      case OPEN, SOLVED -> "green";
      case PENDING, ON_HOLD -> "amber";
      case CLOSED -> "gray";
    };
  }
}
