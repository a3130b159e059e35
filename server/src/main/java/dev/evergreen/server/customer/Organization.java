package dev.evergreen.server.customer;

/// The company a customer belongs to, recognized by the domains of its mail addresses. A sender's
/// domain is easily forged: belonging to an organization never shows anybody anything.
public record Organization(OrganizationId id, String name) {}
