package dev.evergreen.server.desk.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One ticket with everything an agent needs to finish it.
public record Screen(
    Head head,
    Timeline timeline,
    @Nullable Composer composer,
    Details details,
    CustomerPanel customer,
    Next next) {

  /// What the bar over a narrow conversation says of the panel beside it.
  public record Next(@Nullable String title, @Nullable Instant due) {}

  public String subject() {
    return head.subject();
  }
}
