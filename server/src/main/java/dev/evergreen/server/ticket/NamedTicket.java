package dev.evergreen.server.ticket;

/// A ticket with the name of whoever asks.
public record NamedTicket(Ticket ticket, String customer) {}
