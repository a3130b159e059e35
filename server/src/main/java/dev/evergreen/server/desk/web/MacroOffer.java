package dev.evergreen.server.desk.web;

/// A macro as it is shown before it is used: the words it writes, filled in for this ticket, and
/// what it does, as a person says it.
///
/// @param isDelicate whether a standard text should be thought over, because of how the customer
///   sounds
public record MacroOffer(long id, String name, String text, String does, boolean isDelicate) {}
