package dev.evergreen.server.desk.web;

/// One ticket with everything an agent needs to finish it.
public record Screen(
    Head head,
    Timeline timeline,
    Composer composer,
    NextPanel next,
    Details details,
    CustomerPanel customer) {

  public String subject() {
    return head.subject();
  }
}
