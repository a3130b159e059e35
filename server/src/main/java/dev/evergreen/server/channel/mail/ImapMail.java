package dev.evergreen.server.channel.mail;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.jspecify.annotations.Nullable;

/// The bytes of one mail on a server, in parts, so that a large one does not have to fit in memory.
/// No flag is set by reading.
final class ImapMail extends InputStream {
  private static final int PART = 256 * 1024;

  private final ImapMails mails;
  private final long uid;
  private final long size;
  private final @Nullable Instant receivedAt;
  private InputStream part = InputStream.nullInputStream();
  private long position;
  private boolean over;

  private ImapMail(ImapMails mails, long uid, FetchResponse first) {
    this.mails = mails;
    this.uid = uid;
    RFC822SIZE length = first.getItem(RFC822SIZE.class);
    size = length == null ? 0 : length.size;
    INTERNALDATE came = first.getItem(INTERNALDATE.class);
    receivedAt = came == null || came.getDate() == null ? null : came.getDate().toInstant();
    take(first);
  }

  /// Empty when the server has no such mail any more.
  static Optional<ImapMail> open(ImapMails mails, long uid) throws MessagingException {
    return mails
        .fetch(uid, "INTERNALDATE RFC822.SIZE " + part(0))
        .map(first -> new ImapMail(mails, uid, first));
  }

  private static String part(long from) {
    return "BODY.PEEK[]<%d.%d>".formatted(from, PART);
  }

  /// When the server took it in; null when it does not say.
  @Nullable Instant receivedAt() {
    return receivedAt;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /// @throws Removed when somebody else removed the mail meanwhile, so that it has no whole
  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    int read = part.read(into, from, most);
    if (read >= 0 || over) {
      return read;
    }
    take(next());
    return part.read(into, from, most);
  }

  private FetchResponse next() throws IOException {
    try {
      return mails.fetch(uid, part(position)).orElseThrow(Removed::new);
    } catch (MessagingException e) {
      throw new IOException(e);
    }
  }

  /// Servers are known to give a size that is not the right one, so what tells the end is a part
  /// that is empty; only where the size agrees is that not asked for.
  private void take(FetchResponse told) {
    BODY body = told.getItem(BODY.class);
    var bytes = body == null ? null : body.getByteArray();
    int count = bytes == null ? 0 : bytes.getCount();
    position += count;
    over = count == 0 || (count < PART && position >= size);
    part = bytes == null ? InputStream.nullInputStream() : bytes.toByteArrayInputStream();
  }

  /// A mail that is on the server no longer.
  static final class Removed extends IOException {
    private static final long serialVersionUID = 1;
  }
}
