package dev.evergreen.server.ticket.search;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What can be asked for beside words: `status:open`.
public enum SearchOperator {
  FROM("a customer’s name or address", "from:amara"),
  TO("a customer whom we answered", "to:amara@okafor.example"),
  STATUS("where it stands", "status:pending"),
  IS("open, closed, unassigned or mine", "is:unassigned"),
  TEAM("a team’s name or key", "team:frontline"),
  AGENT("an agent’s name, or me", "agent:me"),
  PRIORITY("how soon it wants attention", "priority:urgent"),
  CATEGORY("what it is about", "category:refund"),
  TYPE("question, incident, problem, request or feedback", "type:problem"),
  TAG("one of its tags", "tag:recall"),
  CHANNEL("how they wrote", "channel:email"),
  ORGANIZATION("a company’s name", "organization:okafor"),
  SUBJECT("a word of the subject alone", "subject:boots"),
  BEFORE("opened before a day", "before:2026-11-01"),
  AFTER("opened on a day or later", "after:2026-11-01"),
  HAS("something attached", "has:attachment");

  private final String words;
  private final String example;

  SearchOperator(String words, String example) {
    this.words = words;
    this.example = example;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String words() {
    return words;
  }

  public String example() {
    return example;
  }

  static Optional<SearchOperator> of(String key) {
    return Arrays.stream(values()).filter(known -> known.key().equals(key)).findFirst();
  }

  static String all() {
    return Arrays.stream(values()).map(one -> one.key() + ":").collect(Collectors.joining(", "));
  }
}
