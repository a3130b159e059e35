package dev.evergreen.server.platform;

import dev.evergreen.server.platform.AuditCheckpoints.Checkpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoField;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The chain of seals over the audit log: each is an HMAC-SHA-256 over the one before and all of an
/// entry but the name of who acted, which may change or be erased.
final class SealChain {
  /// An entry as the database holds it.
  ///
  /// @param data as it was written, letter by letter
  record Sealed(Ledger.Entry entry, String data) {}

  private final SecretKeySpec key;
  private Checkpoint end;

  SealChain(byte[] key, Checkpoint start) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
    this.end = start;
  }

  Checkpoint end() {
    return end;
  }

  void add(Sealed next) {
    end = new Checkpoint(end.number() + 1, over(next));
  }

  private byte[] over(Sealed next) {
    var entry = next.entry();
    var actor = entry.by();
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      text(mac, end.seal());
      number(mac, end.number() + 1);
      number(mac, entry.id());
      text(mac, entry.subject().kind());
      number(mac, entry.subject().id());
      number(mac, entry.revision());
      text(mac, entry.kind());
      text(mac, actor.kind());
      number(mac, actor.id() == null ? -1 : actor.id());
      number(mac, entry.at().getEpochSecond());
      number(mac, entry.at().getLong(ChronoField.MICRO_OF_SECOND));
      text(mac, next.data());
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected HMAC-SHA-256 in every Java runtime", e);
    }
  }

  /// With its length in front, so that nothing can move from one field to its neighbor.
  private static void text(Mac mac, String value) {
    text(mac, value.getBytes(StandardCharsets.UTF_8));
  }

  private static void text(Mac mac, byte[] value) {
    number(mac, value.length);
    mac.update(value);
  }

  private static void number(Mac mac, long value) {
    mac.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  /// The hash by which an entry names a text that is kept apart from it.
  static byte[] hashOf(byte[] salt, String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected SHA-256 in every Java runtime", e);
    }
  }

  static Sealed read(ResultSet row, int number) throws SQLException {
    return new Sealed(Ledger.entry(row, number), row.getString("data"));
  }
}
