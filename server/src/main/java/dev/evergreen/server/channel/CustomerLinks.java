package dev.evergreen.server.channel;

import dev.evergreen.server.platform.Base32;
import dev.evergreen.server.platform.Secrets;
import dev.evergreen.server.ticket.TicketId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// Links in mails by which a customer, without signing in, says whether a ticket is solved: the
/// ticket, an end, and 128 bits of an HMAC over both. They are good for this one question only.
@Component
public class CustomerLinks {
  private static final Duration GOOD_FOR = Duration.ofDays(60);
  private static final int SIGNED = Long.BYTES + Integer.BYTES;
  private static final int MAC_BYTES = 16;
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{45}");

  private final Supplier<byte[]> key;
  private final InstantSource clock;
  private final String publicUrl;

  CustomerLinks(
      Secrets secrets,
      InstantSource clock,
      @Value("${evergreen.public-url:http://localhost:${server.port:8080}}") String publicUrl) {
    this.key = SingletonSupplier.of(() -> secrets.key("confirm-link"));
    this.clock = clock;
    this.publicUrl = publicUrl.replaceAll("/+$", "");
  }

  /// The address of the page that asks whether the ticket is solved.
  public String confirm(TicketId ticket) {
    Instant end = clock.instant().plus(GOOD_FOR);
    byte[] signed =
        ByteBuffer.allocate(SIGNED)
            .putLong(ticket.value())
            .putInt(Math.toIntExact(end.getEpochSecond() / 3600))
            .array();
    byte[] token = ByteBuffer.allocate(SIGNED + MAC_BYTES).put(signed).put(mac(signed)).array();
    return publicUrl + "/s/" + Base32.encode(token);
  }

  /// The ticket that a link is about; empty when it is not one of ours or too old.
  public Optional<TicketId> ticketOf(String token) {
    if (!FORM.matcher(token).matches()) {
      return Optional.empty();
    }
    byte[] bytes = Base32.decode(token);
    byte[] signed = Arrays.copyOf(bytes, SIGNED);
    byte[] proof = Arrays.copyOfRange(bytes, SIGNED, SIGNED + MAC_BYTES);
    var fields = ByteBuffer.wrap(signed);
    var ticket = new TicketId(fields.getLong());
    var end = Instant.ofEpochSecond(fields.getInt() * 3600L);
    boolean good = MessageDigest.isEqual(mac(signed), proof) && clock.instant().isBefore(end);
    return good ? Optional.of(ticket) : Optional.empty();
  }

  private byte[] mac(byte[] signed) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.get(), "HmacSHA256"));
      mac.update("confirm ".getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(mac.doFinal(signed), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected HMAC-SHA256 in every Java runtime", e);
    }
  }
}
