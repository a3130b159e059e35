package dev.evergreen.server.ticket;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One choice of a list that the team keeps itself. The key is for ever: workflows name it.
///
/// @param told of an outcome, what the customer is told when a ticket is closed with it
public record Code(
    List list, String key, String name, @Nullable String told, int position, boolean retired) {

  /// The lists there are: what tickets are about, and why they end.
  public enum List {
    CATEGORY,
    OUTCOME;

    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    static List of(String key) {
      return valueOf(key.toUpperCase(Locale.ROOT));
    }
  }
}
