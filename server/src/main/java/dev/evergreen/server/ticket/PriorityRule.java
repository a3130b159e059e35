package dev.evergreen.server.ticket;

import org.jspecify.annotations.Nullable;

/// Which priority a ticket gets; null fits everything.
///
/// @param level the key of a priority of customers
public record PriorityRule(
    @Nullable String level,
    @Nullable TicketType type,
    @Nullable Severity severity,
    Priority priority) {}
