package dev.evergreen.server.ticket.side;

/// Number of a side conversation.
public record SideId(long value) {
  public String domId() {
    return "side-" + value;
  }
}
