package dev.evergreen.server.customer;

import java.time.Instant;

/// What a customer agreed to, or took back.
///
/// @param how it was told, such as `by phone` or `form on the web site`
public record Consent(String kind, boolean isGiven, String how, Instant at, String keptBy) {}
