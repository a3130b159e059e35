package dev.evergreen.server.ticket.view;

import dev.evergreen.server.team.Agent;
import java.time.Instant;
import java.time.ZoneId;

/// From where a view is looked at: by whom, when, and where a day begins.
public record Viewpoint(Agent agent, Instant now, ZoneId zone) {}
