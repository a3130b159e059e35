package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.Outbound;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The one way in which other programs are told something: through [Outbound], under the headers of
/// Standard Webhooks (standardwebhooks.com), an HMAC-SHA256 over id, time and body, so that
/// receivers can tell that it is ours, that it is new, and whether they had it before.
@Component
public final class SignedCalls {
  private final Outbound outbound;

  SignedCalls(Outbound outbound) {
    this.outbound = outbound;
  }

  /// @param id the same for every try, so that the receiver can tell a repetition
  /// @param type of the body, `application/json` for example
  /// @param body null to send none
  public record Message(String id, String method, URI url, String type, @Nullable String body) {}

  /// Sends it, signed by each of the keys. Throws `UncheckedIOException` or
  /// `IllegalArgumentException` with a sentence for people when there is no answer.
  public Outbound.Answer send(Message message, Instant at, List<byte[]> keys) {
    String body = message.body() == null ? "" : message.body();
    String seconds = String.valueOf(at.getEpochSecond());
    String signed = message.id() + "." + seconds + "." + body;
    var headers = new HashMap<String, String>();
    headers.put("Idempotency-Key", message.id());
    headers.put("webhook-id", message.id());
    headers.put("webhook-timestamp", seconds);
    headers.put(
        "webhook-signature",
        keys.stream().map(key -> sign(signed, key)).collect(Collectors.joining(" ")));
    if (message.body() != null) {
      headers.put("Content-Type", message.type() + "; charset=utf-8");
    }
    return outbound.ask(
        new Outbound.Request(message.method(), message.url(), headers, message.body()));
  }

  /// A key as receivers enter it.
  public static String text(byte[] key) {
    return "whsec_" + Base64.getEncoder().encodeToString(key);
  }

  private static String sign(String text, byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return "v1,"
          + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected every Java to have HmacSHA256", e);
    }
  }
}
