package dev.evergreen.server.customer;

/// What becomes of a field of the team's own when two records become one: what stands in both.
///
/// @param ours in the record that stays; empty for nothing
/// @param theirs in the record that goes into it; never empty
public record FieldFate(String label, String ours, String theirs) {
  public boolean isTaken() {
    return ours.isEmpty();
  }

  public boolean isSame() {
    return ours.equals(theirs);
  }
}
