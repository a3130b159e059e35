/// Routes of single parts of a ticket: files, formatted messages, drafts, canned responses.
@NullMarked
package dev.evergreen.server.ticket.web;

import org.jspecify.annotations.NullMarked;
