package dev.evergreen.server.channel.web;

import dev.evergreen.server.channel.Signature;
import java.util.List;
import java.util.Map;

/// The signatures with how each looks under what their reader writes, and what was refused last.
///
/// @param refused what was typed then, with the number 0 when it was to be a new one
public record SignaturePage(
    List<Shown> signatures,
    List<String> mailboxes,
    Map<String, String> languages,
    boolean mayChange,
    Signature refused,
    String problem) {

  static final Signature BLANK = new Signature(0, "", "", "", 0);

  public SignaturePage {
    signatures = List.copyOf(signatures);
    mailboxes = List.copyOf(mailboxes);
  }

  public record Shown(Signature kept, String language, String preview) {
    public String isFor() {
      var mailbox = kept.mailbox().isEmpty() ? "every mailbox" : kept.mailbox();
      return mailbox + ", " + (language.isEmpty() ? "every language" : language);
    }
  }

  public boolean isRefused(long id) {
    return !problem.isEmpty() && refused.id() == id;
  }

  /// What the form of a signature holds: what was typed when that was refused, else what is kept.
  public Signature form(Signature kept) {
    return isRefused(kept.id()) ? refused : kept;
  }

  public Signature blank() {
    return isRefused(0) ? refused : BLANK;
  }
}
