package dev.evergreen.server.channel.mail;

import jakarta.mail.MessagingException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.UID;

/// The mails of one open folder, asked for by their UIDs alone (RFC 9051, `UID SEARCH` and `UID
/// FETCH`). The library's own messages are places in a sequence, which moves up when another client
/// expunges, and some servers answer for the new place before they have told of that. A UID stays
/// with its mail as long as the folder's validity does.
final class ImapMails {
  private final IMAPFolder folder;

  ImapMails(IMAPFolder folder) {
    this.folder = folder;
  }

  /// The time that the UIDs are of: of the folder as it was when it was opened.
  long validity() throws MessagingException {
    return folder.getUIDValidity();
  }

  Set<Long> uids() throws MessagingException {
    var uids = new HashSet<Long>();
    for (Response response : ask("UID SEARCH ALL")) {
      if (response instanceof IMAPResponse found && found.keyEquals("SEARCH")) {
        for (long uid = found.readLong(); uid >= 0; uid = found.readLong()) {
          uids.add(uid);
        }
      }
    }
    return uids;
  }

  /// What the server says of a mail; empty when it is there no longer.
  Optional<FetchResponse> fetch(long uid, String items) throws MessagingException {
    return Stream.of(ask("UID FETCH %d (UID %s)".formatted(uid, items)))
        .filter(FetchResponse.class::isInstance)
        .map(FetchResponse.class::cast)
        .filter(told -> isOf(told, uid))
        .findFirst();
  }

  private static boolean isOf(FetchResponse told, long uid) {
    UID own = told.getItem(UID.class);
    return own != null && own.uid == uid;
  }

  private Response[] ask(String command) throws MessagingException {
    return (Response[])
        folder.doCommand(protocol -> {
          Response[] responses = protocol.command(command, null);
          protocol.notifyResponseHandlers(responses);
          protocol.handleResult(responses[responses.length - 1]);
          return responses;
        });
  }
}
