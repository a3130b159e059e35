package dev.evergreen.server.ticket.consulting;

import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.TeamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// With what words a ticket was handed over, to a team, a person or both.
public record HandOver(
    @Nullable TeamId team, @Nullable AgentId agent, String note, String by, Instant at) {}
