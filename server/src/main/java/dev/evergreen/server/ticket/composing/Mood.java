package dev.evergreen.server.ticket.composing;

/// How a customer's last words sound.
public enum Mood {
  CALM,
  ANGRY
}
