package dev.evergreen.server.customer;

import org.jspecify.annotations.Nullable;

/// What a record of an organization holds itself, beside what moves when two become one.
///
/// @param manager who of us looks after them
/// @param fields what the team's own fields say, as it is stored
record OrganizationKept(String note, @Nullable Long manager, @Nullable String fields) {

  static OrganizationKept of(OrganizationProfile profile) {
    var manager = profile.manager();
    return new OrganizationKept(
        profile.note(),
        manager == null ? null : manager.id().value(),
        profile.organization().fields().json());
  }

  /// The target's own words win; what it has not said it takes over, and notes stand together.
  OrganizationKept with(OrganizationKept source) {
    return new OrganizationKept(
        Joining.notes(note, source.note),
        manager == null ? source.manager : manager,
        Joining.fields(fields, source.fields));
  }

  /// What the target took over it gives back, unless somebody has changed it since.
  OrganizationKept back(OrganizationKept before, OrganizationKept after) {
    return new OrganizationKept(
        Joining.text(note, before.note, after.note),
        Joining.back(manager, before.manager, after.manager),
        Joining.fieldsBack(fields, before.fields, after.fields));
  }
}
