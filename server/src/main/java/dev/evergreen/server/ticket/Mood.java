package dev.evergreen.server.ticket;

/// How a customer's last words sound.
public enum Mood {
  CALM,
  ANGRY
}
