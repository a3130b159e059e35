package dev.evergreen.server.platform.api;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Submissions;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Does what programs ask for. A call with an `Idempotency-Key` is done once, whoever sends it
/// again and on whichever node, and gets the answer of the first time for two days; the answer is
/// kept in the transaction that did it. A refused call has changed nothing and is not kept.
@Component
public class ApiCalls {
  private final Submissions submissions;
  private final JsonMapper json;

  ApiCalls(Submissions submissions, JsonMapper json) {
    this.submissions = submissions;
    this.json = json;
  }

  /// What was answered, beside what was asked.
  private record Kept(String fingerprint, String answer) {}

  /// @param body what the call says, with an `equals`-like text: a record
  /// @throws ApiRefusal when it is refused, or when the key stands for another call
  public <T> T once(ApiCall call, Object body, Class<T> type, Supplier<Outcome<T>> command) {
    if (call.key() == null) {
      return value(submissions.untilKnown(command));
    }
    var fingerprint = call.fingerprint(body);
    var kept =
        value(
            submissions.once(
                "api %s %s".formatted(call.caller(), call.key()),
                () ->
                    command
                        .get()
                        .map(answer -> new Kept(fingerprint, json.writeValueAsString(answer)))
                        .map(json::writeValueAsString)));
    try {
      var before = json.readValue(kept, Kept.class);
      if (!before.fingerprint().equals(fingerprint)) {
        throw ApiRefusal.conflict(
            "Expected an Idempotency-Key that was not used before, but “%s” stands for another call."
                .formatted(call.key()));
      }
      return json.readValue(before.answer(), type);
    } catch (JacksonException e) {
      throw new IllegalStateException("expected an answer that was kept to be read again", e);
    }
  }

  private static <T> T value(Outcome<T> outcome) {
    return outcome.fold(
        value -> value,
        rejected -> {
          throw ApiRefusal.of(rejected);
        });
  }
}
