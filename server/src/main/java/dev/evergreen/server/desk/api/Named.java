package dev.evergreen.server.desk.api;

/// Something that has a place of its own in the API, as others mention it.
record Named(long id, String name) {}
