/// What agents write with: drafts and their files, canned responses, macros, and the mood of who is
/// answered.
@NullMarked
@NamedInterface("composing")
package dev.evergreen.server.ticket.composing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
