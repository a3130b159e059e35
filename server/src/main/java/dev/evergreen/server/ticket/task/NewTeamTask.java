package dev.evergreen.server.ticket.task;

import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.TeamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is to be done, by whom and until when.
///
/// @param effect the step of a workflow that gives it, so that asking twice gives one; null for a
///   person's
public record NewTeamTask(
    String text,
    @Nullable TeamId team,
    @Nullable AgentId agent,
    @Nullable Instant dueAt,
    @Nullable String effect) {}
