package dev.evergreen.server.customer;

import org.jspecify.annotations.Nullable;

/// What a record of a person holds itself, beside what moves when two become one.
///
/// @param fields what the team's own fields say, as it is stored
record CustomerKept(
    String note,
    @Nullable Long organization,
    String role,
    @Nullable String level,
    @Nullable String fields) {

  static CustomerKept of(Profile profile) {
    var organization = profile.customer().organization();
    var level = profile.place().level();
    return new CustomerKept(
        profile.note(),
        organization == null ? null : organization.value(),
        profile.place().role(),
        level == null ? null : level.key(),
        profile.customer().fields().json());
  }

  /// The target's own words win; what it has not said it takes over, and notes stand together.
  CustomerKept with(CustomerKept source) {
    return new CustomerKept(
        Joining.notes(note, source.note),
        organization == null ? source.organization : organization,
        role.isEmpty() ? source.role : role,
        level == null ? source.level : level,
        Joining.fields(fields, source.fields));
  }

  /// What the target took over it gives back, unless somebody has changed it since.
  CustomerKept back(CustomerKept before, CustomerKept after) {
    return new CustomerKept(
        Joining.text(note, before.note, after.note),
        Joining.back(organization, before.organization, after.organization),
        Joining.text(role, before.role, after.role),
        Joining.back(level, before.level, after.level),
        Joining.fieldsBack(fields, before.fields, after.fields));
  }
}
