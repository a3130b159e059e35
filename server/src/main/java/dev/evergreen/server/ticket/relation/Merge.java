package dev.evergreen.server.ticket.relation;

import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.TicketId;
import java.time.Instant;

/// A ticket that lives on in another one: what was said on it is shown there, and answers to it
/// arrive there.
public record Merge(TicketId ticket, String subject, TicketId into, AgentId by, Instant at) {}
