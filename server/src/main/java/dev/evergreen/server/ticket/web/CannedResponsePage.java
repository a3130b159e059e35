package dev.evergreen.server.ticket.web;

import dev.evergreen.server.ticket.composing.CannedResponse;
import java.util.List;

/// The canned responses, and what was refused last with the reason: `refused.id` is 0 when it was
/// to be a new one.
public record CannedResponsePage(
    List<CannedResponse> responses, CannedResponse refused, String problem) {

  private static final CannedResponse BLANK = new CannedResponse(0, "", "", 0);

  public CannedResponsePage {
    responses = List.copyOf(responses);
  }

  static CannedResponsePage of(List<CannedResponse> responses) {
    return new CannedResponsePage(responses, BLANK, "");
  }

  CannedResponsePage refusing(CannedResponse typed, String detail) {
    return new CannedResponsePage(responses, typed, detail);
  }

  /// What the form of a response holds: what was typed when that was refused, else what is kept.
  public CannedResponse shown(CannedResponse kept) {
    return refused.id() == kept.id()
        ? new CannedResponse(kept.id(), refused.name(), refused.text(), refused.revision())
        : kept;
  }

  public boolean isRefused(CannedResponse kept) {
    return refused.id() == kept.id();
  }
}
