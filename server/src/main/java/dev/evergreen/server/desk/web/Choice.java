package dev.evergreen.server.desk.web;

/// One thing to choose: what the form sends, and what people read.
public record Choice(String value, String label) {}
