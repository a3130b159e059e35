package dev.evergreen.server.team;

/// Where a sign-in came from, in words by which its owner knows it again.
///
/// @param program `Firefox on Linux`
/// @param network the address it came from
public record Origin(String program, String network) {}
