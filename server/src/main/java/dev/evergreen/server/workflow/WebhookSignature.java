package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/// Lets receivers tell that a webhook is ours and new: the headers of Standard Webhooks
/// (standardwebhooks.com), an HMAC-SHA256 over id, time and body with a key of this installation.
@Component
public class WebhookSignature {
  private static final String KEY = "webhook";

  private final Secrets secrets;

  WebhookSignature(Secrets secrets) {
    this.secrets = secrets;
  }

  /// The key as receivers enter it.
  public String key() {
    return "whsec_" + Base64.getEncoder().encodeToString(secrets.key(KEY));
  }

  /// @param id the same for every try, so that the receiver can tell a repetition
  Map<String, String> headers(String id, Instant at, String body) {
    String seconds = String.valueOf(at.getEpochSecond());
    return Map.of(
        "Idempotency-Key", id,
        "webhook-id", id,
        "webhook-timestamp", seconds,
        "webhook-signature", "v1," + sign(id + "." + seconds + "." + body));
  }

  private String sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secrets.key(KEY), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected every Java to have HmacSHA256", e);
    }
  }
}
