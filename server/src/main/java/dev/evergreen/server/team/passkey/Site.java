package dev.evergreen.server.team.passkey;

/// Where this installation is for a browser. A key is good for one host name only, and the browser
/// says from which page it was used.
///
/// @param host `desk.example.com`
/// @param origin `https://desk.example.com`
/// @param name how the device calls it
public record Site(String host, String origin, String name) {}
