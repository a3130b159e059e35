package dev.evergreen.server.channel.mime;

import java.util.Set;

/// Tells mail that a machine wrote, and mail that no machine may answer (RFC 3834 and what programs
/// did before it).
public final class AutomaticMail {
  private static final Set<String> BULK = Set.of("bulk", "junk", "list", "auto_reply");
  private static final Set<String> ROBOTS =
      Set.of(
          "mailer-daemon",
          "postmaster",
          "noreply",
          "no-reply",
          "donotreply",
          "do-not-reply",
          "bounce",
          "bounces",
          "auto-reply",
          "autoreply",
          "daemon");

  private AutomaticMail() {}

  /// Whether no machine may answer. People too write mail that asks for that.
  ///
  /// @param returnPath empty for the null return path
  /// @param sender the local part of the address the mail is from
  public static boolean isUnanswerable(Headers headers, String returnPath, String sender) {
    return headers.has("X-Auto-Response-Suppress") || isWritten(headers, returnPath, sender);
  }

  /// Whether no person wrote it to us: an automatic answer, a list, a robot.
  ///
  /// @param returnPath empty for the null return path
  /// @param sender the local part of the address the mail is from
  public static boolean isWritten(Headers headers, String returnPath, String sender) {
    String submitted = headers.word("Auto-Submitted");
    return returnPath.isBlank()
        || (!submitted.isEmpty() && !submitted.startsWith("no"))
        || BULK.contains(headers.word("Precedence"))
        || headers.has("List-Id")
        || headers.has("List-Unsubscribe")
        || headers.has("X-Autoreply")
        || headers.has("X-Autorespond")
        || headers.word("Return-Path").equals("<>")
        || ROBOTS.contains(sender);
  }
}
