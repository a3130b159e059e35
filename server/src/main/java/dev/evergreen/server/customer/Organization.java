package dev.evergreen.server.customer;

import org.jspecify.annotations.Nullable;

/// The company a customer belongs to, recognized by the domain of its mail addresses. A sender's
/// domain is easily forged: belonging to an organization never shows anybody anything.
public record Organization(OrganizationId id, String name, @Nullable String domain) {}
