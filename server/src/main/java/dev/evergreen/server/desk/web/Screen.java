package dev.evergreen.server.desk.web;

import dev.evergreen.server.desk.web.together.Together;

/// One ticket with everything an agent needs to finish it. `problem` says why the last choice was
/// not taken; empty when there was none.
public record Screen(
    Head head,
    Timeline timeline,
    Held held,
    Composer composer,
    NextPanel next,
    Details details,
    Related related,
    Watch watch,
    Together together,
    CustomerPanel customer,
    String problem) {

  public Present present() {
    return Present.notYet(head.number(), head.revision());
  }

  public String subject() {
    return head.subject();
  }
}
