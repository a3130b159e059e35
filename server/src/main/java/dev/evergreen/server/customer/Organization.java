package dev.evergreen.server.customer;

import dev.evergreen.server.platform.field.FieldValues;

/// The company a customer belongs to, recognized by the domains of its mail addresses. A sender's
/// domain is easily forged: belonging to an organization never shows anybody anything.
///
/// @param fields what the team's own fields say of it
public record Organization(OrganizationId id, String name, FieldValues fields) {}
