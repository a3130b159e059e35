package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.AuditTrail;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/// What somebody looks for in the audit log, as the form says it.
///
/// @param who the id of an agent
/// @param about a kind of subject
/// @param from the first day
/// @param to the last day
public record AuditSearch(
    @Nullable Long who, @Nullable String about, @Nullable LocalDate from, @Nullable LocalDate to) {

  public static List<String> subjects() {
    return AuditTrail.subjects().stream().sorted().toList();
  }

  public boolean isFor(String subject) {
    return subject.equals(about);
  }

  public boolean isFor(long agent) {
    return who != null && who == agent;
  }

  /// Where the same is found, from before an entry on.
  public String address(String path, @Nullable Long before) {
    var address = UriComponentsBuilder.fromPath(path);
    if (who != null) {
      address.queryParam("who", who);
    }
    if (about != null && AuditTrail.subjects().contains(about)) {
      address.queryParam("about", about);
    }
    if (from != null) {
      address.queryParam("from", from);
    }
    if (to != null) {
      address.queryParam("to", to);
    }
    if (before != null) {
      address.queryParam("before", before);
    }
    return address.toUriString();
  }

  AuditTrail.Wanted wanted(ZoneId zone) {
    return new AuditTrail.Wanted(
        who,
        about == null || about.isEmpty() ? null : about,
        from == null ? null : from.atStartOfDay(zone).toInstant(),
        to == null ? null : to.plusDays(1).atStartOfDay(zone).toInstant());
  }
}
