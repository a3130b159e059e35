package dev.evergreen.server.team.web;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.evergreen.server.team.ApiToken;
import dev.evergreen.server.team.ApiToken.ApiTokenId;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/// How much a program may ask: so many calls a minute for each token, all at once or spread, on
/// each node. What is left is told with every answer, in the header fields `RateLimit-Policy` and
/// `RateLimit` of the IETF's draft.
final class ApiLimits {
  /// More than a program that works for one team needs, less than one that runs wild would take.
  static final int CALLS_A_MINUTE = 600;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String POLICY = "\"token\";q=%d;w=60".formatted(CALLS_A_MINUTE);

  private final LoadingCache<ApiTokenId, Bucket> buckets =
      Caffeine.newBuilder().expireAfterAccess(MINUTE.multipliedBy(2)).build(_ -> bucket());

  private static Bucket bucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(CALLS_A_MINUTE).refillGreedy(CALLS_A_MINUTE, MINUTE))
        .build();
  }

  /// Takes one call off what is left, and says so; false when nothing is.
  boolean admit(ApiToken token, HttpServletResponse response) {
    ConsumptionProbe probe = buckets.get(token.id()).tryConsumeAndReturnRemaining(1);
    response.setHeader("RateLimit-Policy", POLICY);
    response.setHeader(
        "RateLimit",
        "\"token\";r=%d;t=%d"
            .formatted(probe.getRemainingTokens(), seconds(probe.getNanosToWaitForReset())));
    if (!probe.isConsumed()) {
      response.setHeader("Retry-After", String.valueOf(seconds(probe.getNanosToWaitForRefill())));
    }
    return probe.isConsumed();
  }

  /// Rounded up: whoever waits so long finds a call free.
  private static long seconds(long nanos) {
    return Math.max(1, Math.ceilDiv(nanos, Duration.ofSeconds(1).toNanos()));
  }
}
