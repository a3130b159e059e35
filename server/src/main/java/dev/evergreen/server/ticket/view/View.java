package dev.evergreen.server.ticket.view;

import java.util.List;
import java.util.Optional;

/// A saved condition over tickets, with how they are shown.
///
/// @param key a word for those that come with the program, else a number
public record View(String key, String name, Audience audience, Terms terms, long revision) {

  private static final Condition OPEN =
      new Condition.Comparison(Fields.get("status"), Operator.IS_NOT, List.of("closed"));

  /// Nobody has put it aside, or something has happened since.
  private static final Condition NOT_ASIDE = Condition.is("aside", "no");

  public static final View MINE =
      shipped(
          "mine", "Mine", new Condition.All(List.of(Condition.is("agent", "me"), OPEN, NOT_ASIDE)));
  public static final View UNASSIGNED =
      shipped(
          "unassigned",
          "Unassigned",
          new Condition.All(List.of(Condition.isEmpty("agent"), OPEN, NOT_ASIDE)));
  public static final View ALL = shipped("all", "All", Condition.everything());
  public static final View CLOSED = shipped("closed", "Closed", Condition.is("status", "closed"));

  /// The views that everybody has, in their order.
  public static final List<View> SHIPPED = List.of(MINE, UNASSIGNED, ALL, CLOSED);

  private static View shipped(String key, String name, Condition condition) {
    return new View(key, name, new Audience.Shipped(), Terms.of(condition), 0);
  }

  static Optional<View> shipped(String key) {
    return SHIPPED.stream().filter(view -> view.key().equals(key)).findFirst();
  }

  public boolean isSaved() {
    return !(audience instanceof Audience.Shipped);
  }

  /// Whether it holds what is over, which nobody waits for and nobody counts.
  public boolean isHistory() {
    return equals(ALL) || equals(CLOSED);
  }

  public View with(Terms other) {
    return new View(key, name, audience, other, revision);
  }
}
