package dev.evergreen.server.workflow;

import dev.evergreen.engine.Event;
import dev.evergreen.server.platform.Actor;
import java.time.Instant;

/// One thing that happened in a run, by whom and when.
///
/// @param entry the id of its entry in the ledger, which orders it among everything else
public record RunEvent(long entry, Instant at, Actor by, Event event) {}
