package dev.evergreen.server.workflow;

import dev.evergreen.engine.Event;
import dev.evergreen.server.platform.Actor;
import java.time.Instant;

/// One thing that happened in a run, by whom and when.
public record RunEvent(Instant at, Actor by, Event event) {}
