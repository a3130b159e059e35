package dev.evergreen.server.channel;

import dev.evergreen.server.platform.Base32;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Secrets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// Tokens that let a mail join a ticket, or a side conversation of one: its number, which of the
/// two it is, and 128 bits of an HMAC over both and the one address that the token is sent to. They
/// stand in our reply address and in our message ids. A token says where to; only together with its
/// address does it open the door, so one that was forwarded, quoted or guessed opens nothing, and
/// one of a side conversation never opens the ticket.
@Component
public class ReplyTokens {
  private static final int NUMBER_BYTES = 6;
  private static final int MAC_BYTES = 16;

  /// The first bit of the number tells side conversations from tickets.
  private static final long SIDE = 1L << 47;

  static final Pattern FORM = Pattern.compile("[a-z2-7]{36}");

  private final Supplier<byte[]> key;

  ReplyTokens(Secrets secrets) {
    this.key = SingletonSupplier.of(() -> secrets.key("reply-token"));
  }

  /// A token as it came in: not to be believed before [#belongsTo] was asked.
  ///
  /// @param isSide whether the number is a side conversation's, not a ticket's
  public record Token(boolean isSide, long number, String proof) {}

  /// For letters on a ticket to its customer.
  public String issue(long ticket, EmailAddress recipient) {
    return issue(false, ticket, recipient);
  }

  /// For letters of a side conversation to the partner.
  public String issueForSide(long side, EmailAddress recipient) {
    return issue(true, side, recipient);
  }

  private String issue(boolean isSide, long number, EmailAddress recipient) {
    long marked = isSide ? number | SIDE : number;
    byte[] bytes = Arrays.copyOfRange(ByteBuffer.allocate(8).putLong(marked).array(), 2, 8);
    byte[] token =
        ByteBuffer.allocate(NUMBER_BYTES + MAC_BYTES)
            .put(bytes)
            .put(mac(isSide, number, recipient))
            .array();
    return Base32.encode(token);
  }

  /// Reads a token of any letter case; empty when it has not the form of one.
  public Optional<Token> read(String text) {
    String token = text.toLowerCase(Locale.ROOT);
    if (!FORM.matcher(token).matches()) {
      return Optional.empty();
    }
    byte[] bytes = Base32.decode(token);
    byte[] number = new byte[8];
    System.arraycopy(bytes, 0, number, 2, NUMBER_BYTES);
    long marked = ByteBuffer.wrap(number).getLong();
    return Optional.of(
        new Token(
            (marked & SIDE) != 0,
            marked & ~SIDE,
            HexFormat.of().formatHex(bytes, NUMBER_BYTES, NUMBER_BYTES + MAC_BYTES)));
  }

  /// Whether we issued this token, to this address.
  public boolean belongsTo(Token token, EmailAddress recipient) {
    return MessageDigest.isEqual(
        mac(token.isSide(), token.number(), recipient), HexFormat.of().parseHex(token.proof()));
  }

  private byte[] mac(boolean isSide, long number, EmailAddress recipient) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.get(), "HmacSHA256"));
      String signed = (isSide ? "side " : "reply ") + number + " " + recipient;
      return Arrays.copyOf(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected HMAC-SHA256 in every Java runtime", e);
    }
  }
}
