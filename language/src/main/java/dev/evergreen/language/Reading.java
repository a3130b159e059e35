package dev.evergreen.language;

/// What the readers of one file share.
///
/// @param about the kind of subject of the file's runs
/// @param scope what its conditions may read
record Reading(
    String about,
    Catalogue catalogue,
    Scope scope,
    RunData runData,
    Expressions expressions,
    Findings findings) {}
