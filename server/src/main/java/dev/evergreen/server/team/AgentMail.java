package dev.evergreen.server.team;

/// Brings a letter to an agent's own mailbox. A component of the module that has a mail server; it
/// keeps no copy, because what such a letter says is meant for its reader alone.
public interface AgentMail {
  /// Whether there is a mail server to carry it.
  boolean isPossible();

  /// Sends at once, and once: whoever waits in vain asks again. What goes wrong is logged.
  void send(Agent to, String subject, String text);

  /// Writes a letter down in the caller's transaction, to be sent by whichever node comes first,
  /// and again until the mail server has taken it. Its words are forgotten then.
  ///
  /// @param cause asked for twice with the same cause, it is sent once
  void post(Agent to, String subject, String text, String cause);
}
