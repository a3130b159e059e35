package dev.evergreen.server.ticket.notification;

import dev.evergreen.server.platform.Base32;
import dev.evergreen.server.platform.Secrets;
import dev.evergreen.server.team.AgentId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// Links in mails by which an agent, without signing in, gets no more of them: the agent, and 128
/// bits of an HMAC. They are good for that alone, and for ever.
@Component
public class DigestLinks {
  private static final int MAC_BYTES = 16;
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{39}");

  private final Supplier<byte[]> key;
  private final String publicUrl;

  DigestLinks(
      Secrets secrets,
      @Value("${evergreen.public-url:http://localhost:${server.port:8080}}") String publicUrl) {
    key = SingletonSupplier.of(() -> secrets.key("digest-link"));
    this.publicUrl = publicUrl.replaceAll("/+$", "");
  }

  /// The address of a page of ours.
  String page(String path) {
    return publicUrl + path;
  }

  /// The address of the page that asks whether to send no more mails.
  public String noMore(AgentId agent) {
    byte[] signed = ByteBuffer.allocate(Long.BYTES).putLong(agent.value()).array();
    byte[] token = ByteBuffer.allocate(Long.BYTES + MAC_BYTES).put(signed).put(mac(signed)).array();
    return page("/digest/" + Base32.encode(token));
  }

  /// Whose mails a link is about; empty when it is not one of ours.
  public Optional<AgentId> agentOf(String token) {
    if (!FORM.matcher(token).matches()) {
      return Optional.empty();
    }
    byte[] bytes = Base32.decode(token);
    byte[] signed = Arrays.copyOf(bytes, Long.BYTES);
    byte[] proof = Arrays.copyOfRange(bytes, Long.BYTES, Long.BYTES + MAC_BYTES);
    return MessageDigest.isEqual(mac(signed), proof)
        ? Optional.of(new AgentId(ByteBuffer.wrap(signed).getLong()))
        : Optional.empty();
  }

  private byte[] mac(byte[] signed) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.get(), "HmacSHA256"));
      mac.update("digest ".getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(mac.doFinal(signed), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected HMAC-SHA256 in every Java runtime", e);
    }
  }
}
