package dev.evergreen.server.workflow.studio;

/// Where a workflow stands, in two or three words with a colour.
///
/// @param tone as `ui/badge` knows them
public record Badge(String text, String tone) {}
