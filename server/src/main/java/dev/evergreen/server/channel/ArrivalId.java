package dev.evergreen.server.channel;

/// The id of a mail that was handed to us.
public record ArrivalId(long value) {
  public String domId() {
    return "arrival-" + value;
  }
}
