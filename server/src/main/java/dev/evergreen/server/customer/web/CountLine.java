package dev.evergreen.server.customer.web;

/// How many rows of a table are about a person, and what they hold.
public record CountLine(String table, String holds, long count) {}
