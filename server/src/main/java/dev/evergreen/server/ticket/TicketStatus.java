package dev.evergreen.server.ticket;

/// A status by the name that a team gave it, inside the category that drives clocks and workflows.
///
/// @param color a tone of the page kit: blue, green, amber, red, gray
/// @param initial whether tickets get it that come into the category without a choice
public record TicketStatus(
    StatusId id,
    Status category,
    String name,
    String color,
    int position,
    boolean initial,
    boolean retired) {}
