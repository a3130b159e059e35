package dev.evergreen.server.customer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Two records of one person that were made one.
///
/// @param source the record that went into the other
/// @param undoneAt null while it stands
public record CustomerMerge(
    long id,
    CustomerId source,
    CustomerId target,
    String sourceName,
    Instant at,
    String by,
    @Nullable Instant undoneAt) {}
