package dev.evergreen.server.workflow;

import dev.evergreen.language.Call;
import dev.evergreen.language.Input;
import dev.evergreen.language.RemoteAction;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outbound;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The action `webhook.call`: another program is told something in JSON, or asked for it. The
/// receiver knows a repetition by its `Idempotency-Key`, and us by the key of [WebhookSignature].
@Component
final class WebhookCall implements RemoteAction<WebhookCall.Message> {
  static final String NAME = "webhook.call";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final SignedCalls calls;
  private final WebhookSignature signature;
  private final DatabaseClock clock;

  WebhookCall(SignedCalls calls, WebhookSignature signature, DatabaseClock clock) {
    this.calls = calls;
    this.signature = signature;
    this.clock = clock;
  }

  enum Method {
    POST,
    PUT,
    PATCH,
    DELETE,
    GET
  }

  record Message(
      @Input("Where: `https://shop.example/returns`.") String url,
      @Input("`post` unless something else is said; with `get` nothing is sent along.")
          @Nullable Method method,
      @Input(
              "What is sent, each value under its name: `body.order: =order_number`, `body.customer.name: =customer.name`.")
          Map<String, Object> body) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<Message> input() {
    return Message.class;
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(25);
  }

  @Override
  public Map<String, Object> perform(Message message, Call call) {
    Method method = message.method() == null ? Method.POST : message.method();
    String body =
        method == Method.GET ? null : MAPPER.writeValueAsString(NestedValues.of(message.body()));
    Instant now = clock.instant();
    Outbound.Answer answer =
        calls.send(
            new SignedCalls.Message(
                call.effectId(),
                method.name(),
                URI.create(message.url().strip()),
                "application/json",
                body),
            now,
            signature.keys(now));
    if (answer.status() < 200 || answer.status() > 299) {
      throw new IllegalStateException(
          "expected %s to take it, but it answered %d"
              .formatted(URI.create(message.url().strip()).getHost(), answer.status()));
    }
    return NestedValues.flat("answer", read(answer));
  }

  /// The answer, if it is JSON as it says.
  private static Object read(Outbound.Answer answer) {
    if (answer.text().isBlank() || !answer.type().matches("application/(.+\\+)?json")) {
      return Map.of();
    }
    try {
      return MAPPER.readValue(answer.text(), Object.class);
    } catch (JacksonException e) {
      throw new IllegalStateException(
          "expected JSON in the answer, as it says itself, but it could not be read", e);
    }
  }
}
