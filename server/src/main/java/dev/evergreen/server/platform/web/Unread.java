package dev.evergreen.server.platform.web;

/// How many things an agent was told of and has not looked at, for the bell on every page. Offered
/// by the module that tells them.
@FunctionalInterface
public interface Unread {
  int of(long agent);
}
