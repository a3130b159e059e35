package dev.evergreen.server.ticket.composing;

/// A reusable text in Liquid, found by its name. The revision tells whoever changes it whether
/// somebody else did meanwhile.
public record CannedResponse(long id, String name, String text, long revision) {}
