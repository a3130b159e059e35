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

/// Tokens that let a mail join a ticket: the ticket's number and 128 bits of an HMAC over the
/// number and the one address that the token is sent to. They stand in our reply address and in our
/// message ids. A token says which ticket; only together with its address does it open the door, so
/// one that was forwarded, quoted or guessed opens nothing.
@Component
public class ReplyTokens {
  private static final int NUMBER_BYTES = 6;
  private static final int MAC_BYTES = 16;
  static final Pattern FORM = Pattern.compile("[a-z2-7]{36}");

  private final Supplier<byte[]> key;

  ReplyTokens(Secrets secrets) {
    this.key = SingletonSupplier.of(() -> secrets.key("reply-token"));
  }

  /// A token as it came in: not to be believed before [#belongsTo] was asked.
  public record Token(long ticket, String proof) {}

  public String issue(long ticket, EmailAddress recipient) {
    byte[] number = Arrays.copyOfRange(ByteBuffer.allocate(8).putLong(ticket).array(), 2, 8);
    byte[] token =
        ByteBuffer.allocate(NUMBER_BYTES + MAC_BYTES)
            .put(number)
            .put(mac(ticket, recipient))
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
    return Optional.of(
        new Token(
            ByteBuffer.wrap(number).getLong(),
            HexFormat.of().formatHex(bytes, NUMBER_BYTES, NUMBER_BYTES + MAC_BYTES)));
  }

  /// Whether we issued this token, to this address.
  public boolean belongsTo(Token token, EmailAddress recipient) {
    return MessageDigest.isEqual(
        mac(token.ticket(), recipient), HexFormat.of().parseHex(token.proof()));
  }

  private byte[] mac(long ticket, EmailAddress recipient) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.get(), "HmacSHA256"));
      String signed = "reply " + ticket + " " + recipient;
      return Arrays.copyOf(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected HMAC-SHA256 in every Java runtime", e);
    }
  }
}
