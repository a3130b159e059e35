package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.AuditTrail;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Role;
import java.time.Instant;
import java.util.Map;

/// An entry of the audit log in words.
///
/// @param detail what it says about a person, or of a setting before and after, as long as that is
///   kept; else empty
public record AuditLine(
    long number, Instant at, String who, String what, String about, String detail) {
  /// @param names of all agents, by id: who was renamed is called by their name of today
  static AuditLine of(AuditTrail.Line line, Map<AgentId, String> names) {
    var entry = line.entry();
    var actor = entry.by();
    var id = actor.id();
    var who =
        actor.kind().equals("agent") && id != null
            ? names.getOrDefault(new AgentId(id), actor.name())
            : actor.name();
    var subject =
        entry.subject().kind().equals("agent")
            ? names.getOrDefault(new AgentId(entry.subject().id()), entry.subject().toString())
            : entry.subject().toString();
    var detail = line.detail();
    return new AuditLine(
        line.number(),
        entry.at(),
        who,
        what(entry, subject),
        entry.subject().toString(),
        detail == null ? "" : detail);
  }

  private static String what(Ledger.Entry entry, String subject) {
    return switch (entry.kind()) {
      case "import.begun" -> "began to import from " + entry.data().get("source");
      case "import.ended" ->
          "imported %s tickets from %s"
              .formatted(entry.data().get("taken"), entry.data().get("source"));
      case "export.begun" -> "exported everything";
      case "agent.added" -> "added " + subject + " as " + role(entry);
      case "agent.changed" -> "changed role and teams of " + subject + ": " + role(entry);
      case "agent.invited" -> "made a link for " + subject + " to set a password";
      case "agent.reset-asked" -> "sent " + subject + " a link to set a password";
      case "agent.password-set" -> "set the password of " + subject;
      case "agent.signed-in" -> "signed in";
      case "agent.signed-out" -> "signed out";
      case "agent.deactivated" -> "deactivated " + subject;
      case "agent.reactivated" -> "let " + subject + " sign in again";
      case "agent.second-step-on" -> "turned on a second step";
      case "agent.second-step-off" -> "turned off the second step of " + subject;
      case "agent.recovery-codes-renewed" -> "made new recovery codes";
      case "agent.recovery-code-used" -> "took a recovery code of " + subject;
      case "agent.provider-linked" ->
          "connected their account of " + entry.data().getOrDefault("provider", "a provider");
      case "agent.provider-unlinked" -> "disconnected their account elsewhere";
      case "agent.passkey-made" -> "made a passkey";
      case "agent.passkey-removed" -> "removed a passkey";
      case "agent.passkey-step-on" -> "has a passkey asked for after the password";
      case "agent.passkey-step-off" -> "no longer has a passkey asked for after the password";
      case "agent.token-made" -> "made a token for a program";
      case "agent.token-revoked" -> "revoked a token";
      case "role.made" -> "made the role " + entry.data().get("called") + granting(entry);
      case "role.changed" -> "changed the role " + entry.data().get("called") + granting(entry);
      case "role.retired" -> "retired the role " + entry.data().get("called");
      case "role.restored" -> "took the role " + entry.data().get("called") + " back into use";
      case "erasure.done" ->
          "erased %s, receipt %d, %s"
              .formatted(entry.data().get("of"), entry.subject().id(), entry.data().get("hash"));
      case "retention.rule-added" ->
          "added a rule of retention: %s months".formatted(entry.data().get("months"));
      case "retention.rule-removed" -> "removed a rule of retention";
      case "setting.changed" ->
          "%s the %s %s"
              .formatted(
                  entry.data().get("change"), entry.data().get("called"), entry.data().get("key"));
      case "team.created" -> "created the team " + entry.data().getOrDefault("key", subject);
      default -> entry.kind() + " · " + subject;
    };
  }

  private static String granting(Ledger.Entry entry) {
    return ": " + String.valueOf(entry.data().get("grants")).replaceAll("[\\[\\]]", "");
  }

  private static String role(Ledger.Entry entry) {
    return entry.data().get("called") instanceof String called
        ? called
        : Role.shipped(String.valueOf(entry.data().get("role")))
            .map(Role::label)
            .orElse("an unknown role");
  }
}
