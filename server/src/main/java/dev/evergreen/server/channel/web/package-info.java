/// Pages of mail: replies, the built-in mailbox, the quarantine, the customer's confirmation.
@NullMarked
package dev.evergreen.server.channel.web;

import org.jspecify.annotations.NullMarked;
