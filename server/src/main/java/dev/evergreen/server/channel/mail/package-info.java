/// The wires of mail: the SMTP listener, mailboxes read by IMAP, the relay that sends.
@NullMarked
package dev.evergreen.server.channel.mail;

import org.jspecify.annotations.NullMarked;
