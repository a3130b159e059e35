package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.Subject;
import java.time.Instant;

/// A run that should have started and did not, and why.
public record RefusedStart(String workflow, Subject subject, String reason, Instant at) {}
