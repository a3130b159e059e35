package dev.evergreen.server.team.web;

/// What the settings of the team have to say about the request just made: at most one of the parts
/// is filled. A refused form gets back what was typed.
public record TeamNotice(Link link, Form agentForm, Form teamForm, String refusal) {
  /// A link to hand over; shown this once.
  public record Link(String name, String url) {}

  /// What was typed into a form of two fields, and why it was refused.
  public record Form(String error, String first, String second) {}

  private static final Link NO_LINK = new Link("", "");
  private static final Form EMPTY = new Form("", "", "");

  static final TeamNotice NONE = new TeamNotice(NO_LINK, EMPTY, EMPTY, "");

  static TeamNotice invited(String name, String url) {
    return new TeamNotice(new Link(name, url), EMPTY, EMPTY, "");
  }

  static TeamNotice agentRejected(String error, String name, String email) {
    return new TeamNotice(NO_LINK, new Form(error, name, email), EMPTY, "");
  }

  static TeamNotice teamRejected(String error, String key, String name) {
    return new TeamNotice(NO_LINK, EMPTY, new Form(error, key, name), "");
  }

  static TeamNotice refused(String sentence) {
    return new TeamNotice(NO_LINK, EMPTY, EMPTY, sentence);
  }
}
