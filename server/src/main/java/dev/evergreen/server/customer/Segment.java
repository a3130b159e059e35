package dev.evergreen.server.customer;

import org.jspecify.annotations.Nullable;

/// Customers that belong together for a purpose.
///
/// @param rule null for a segment into which people put customers by hand
public record Segment(SegmentId id, String key, String name, @Nullable Rule rule) {

  public record SegmentId(long value) {}

  /// All conditions that are given must hold; one at least is.
  public record Rule(
      @Nullable Organization organization, @Nullable Level level, @Nullable Activity activity) {
    public Rule {
      if (organization == null && level == null && activity == null) {
        throw new IllegalArgumentException("expected a condition at least, but found none");
      }
    }
  }

  /// So many tickets at least within the last days.
  public record Activity(int tickets, int days) {}

  /// Who is in it, as a sentence.
  public String words() {
    if (rule == null) {
      return "Customers put in by hand";
    }
    var words = new java.util.StringJoiner(" and ", "Customers ", "");
    if (rule.organization() != null) {
      words.add("of " + rule.organization().name());
    }
    if (rule.level() != null) {
      words.add("whose priority is " + rule.level().name());
    }
    if (rule.activity() != null) {
      words.add(
          "who opened %d tickets or more in the last %d days"
              .formatted(rule.activity().tickets(), rule.activity().days()));
    }
    return words.toString();
  }
}
