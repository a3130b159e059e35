package dev.evergreen.server.ticket;

import java.time.Instant;

/// An internal entry, seen by agents only. Its revision is its place in the timeline.
public record Note(TicketId ticket, long revision, String author, String text, Instant at) {}
