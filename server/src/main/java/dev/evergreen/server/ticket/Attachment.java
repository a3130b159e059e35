package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.FileId;
import org.jspecify.annotations.Nullable;

/// A file that came with a message. Its id says nothing about where the bytes are.
public record Attachment(
    long id, FileId file, String name, String type, long size, @Nullable String contentId) {}
