package dev.evergreen.engine;

/// Ends the run at once with an outcome code, `resolved` for example.
public record EndStep(String id, String title, String outcome) implements Step {}
