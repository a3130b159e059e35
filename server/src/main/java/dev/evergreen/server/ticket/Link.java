package dev.evergreen.server.ticket;

import java.util.Locale;

/// A ticket that hangs together with another, as seen from that other one.
public record Link(Ticket other, Role role) {

  /// How two tickets hang together, said from the first.
  public enum Kind {
    /// They have to do with one another.
    RELATED,
    /// The first is a part of the second.
    PART,
    /// The first is one of many that have the second as their cause.
    INCIDENT,
    /// The second was split off from the first.
    SPLIT,
    /// The second goes on where the first had ended.
    CONTINUATION;

    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Kind of(String key) {
      return valueOf(key.toUpperCase(Locale.ROOT));
    }
  }

  /// What the other ticket is to the one that it is seen from.
  public enum Role {
    PROBLEM,
    PARENT,
    PART,
    INCIDENT,
    RELATED,
    SPLIT_FROM,
    SPLIT_OFF,
    EARLIER,
    LATER;

    public static Role of(Kind kind, boolean fromFirst) {
      return switch (kind) {
        case RELATED -> RELATED;
        case PART -> fromFirst ? PARENT : PART;
        case INCIDENT -> fromFirst ? PROBLEM : INCIDENT;
        case SPLIT -> fromFirst ? SPLIT_OFF : SPLIT_FROM;
        case CONTINUATION -> fromFirst ? LATER : EARLIER;
      };
    }

    /// Whether people made it so, and may take it away again.
    public boolean isByHand() {
      return switch (this) {
        case PROBLEM, PARENT, PART, INCIDENT, RELATED -> true;
        case SPLIT_FROM, SPLIT_OFF, EARLIER, LATER -> false;
      };
    }
  }
}
