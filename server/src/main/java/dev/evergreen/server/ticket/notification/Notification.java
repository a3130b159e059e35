package dev.evergreen.server.ticket.notification;

import dev.evergreen.server.ticket.TicketId;
import java.time.Instant;

/// Something that an agent was told of.
///
/// @param subject what the ticket is about
/// @param by who did it, by their name then
public record Notification(
    long id,
    TicketId ticket,
    String subject,
    NotificationKind kind,
    String by,
    Instant at,
    boolean unread) {}
