package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.FileId;
import org.jspecify.annotations.Nullable;

/// A stored file that comes with a message. Name and type are what the sender said: never believed.
///
/// @param contentId how the message's HTML refers to it when it is shown inline
public record NewAttachment(
    FileId file, String name, String type, long size, @Nullable String contentId) {}
