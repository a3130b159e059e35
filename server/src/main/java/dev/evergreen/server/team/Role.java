package dev.evergreen.server.team;

/// What an agent is there for, the highest first. Finders decide by it what exists for whom.
public enum Role {
  /// Runs the installation: people, channels, settings; sees everything.
  ADMINISTRATOR("Administrator"),
  /// Answers for teams: load, quality, workflows.
  LEAD("Lead"),
  /// Works tickets.
  AGENT("Agent"),
  /// A colleague from elsewhere who helps on single tickets, with notes and tasks.
  COLLABORATOR("Light collaborator");

  private final String label;

  Role(String label) {
    this.label = label;
  }

  /// Whether it is this role or one that may more.
  public boolean isAtLeast(Role other) {
    return compareTo(other) <= 0;
  }

  public String label() {
    return label;
  }
}
