/// Views: saved conditions over tickets with their columns, grouping and order, and the pages and
/// counts that are read through them.
@NullMarked
@NamedInterface("view")
package dev.evergreen.server.ticket.view;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
