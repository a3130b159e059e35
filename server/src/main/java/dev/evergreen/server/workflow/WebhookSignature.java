package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Secrets;
import dev.evergreen.server.platform.Setting;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.team.Agent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The key of this installation by which receivers tell that what a workflow calls them for is ours
/// and new, see [SignedCalls]. For a day after the key was changed the one before signs beside it,
/// so that receivers have time to take the new one.
@Component
public class WebhookSignature {
  /// How long the key before signs as well.
  public static final Duration OVERLAP = Duration.ofDays(1);

  private static final Setting<Key> KEY =
      new Setting<>("webhook.key", new Key(1, Instant.EPOCH, ""), Key::read, Key::written);

  private final Secrets secrets;
  private final Settings settings;
  private final DatabaseClock clock;

  WebhookSignature(Secrets secrets, Settings settings, DatabaseClock clock) {
    this.secrets = secrets;
    this.settings = settings;
    this.clock = clock;
  }

  /// Which of the keys that there have been signs.
  ///
  /// @param since when it took over; the first one's is the epoch
  /// @param by who changed it; empty for the first one
  private record Key(int number, Instant since, String by) {
    String secret() {
      return number == 1 ? "webhook" : "webhook-" + number;
    }

    Key before() {
      return new Key(number - 1, Instant.EPOCH, "");
    }

    static Key read(String written) {
      String[] parts = written.split(" ", 3);
      return new Key(Integer.parseInt(parts[0]), Instant.parse(parts[1]), parts[2]);
    }

    String written() {
      return "%d %s %s".formatted(number, since, by);
    }
  }

  /// What an administrator sees of the key.
  ///
  /// @param text as receivers enter it
  /// @param changed when and by whom; null while it is the first one
  public record Shown(int number, String text, @Nullable Change changed) {
    /// @param overlapEnds until when the key before signs as well; null when it no longer does
    public record Change(Instant at, String by, @Nullable Instant overlapEnds) {}
  }

  /// The key that signs. Only for administrators: whoever knows it can speak in our name.
  public Outcome<Shown> shownTo(Agent agent) {
    if (!agent.isAdministrator()) {
      return Outcome.rejected(Reason.UNKNOWN, "Only administrators see the key.");
    }
    Key key = settings.get(KEY);
    Instant end = key.since().plus(OVERLAP);
    return Outcome.accepted(
        new Shown(
            key.number(),
            text(key),
            key.number() == 1
                ? null
                : new Shown.Change(
                    key.since(), key.by(), clock.instant().isBefore(end) ? end : null)));
  }

  /// Makes a new key, which signs from now on.
  ///
  /// @param seen the number of the key that the person had before them: two who change it at once
  ///   change it once
  public Outcome<Shown> change(int seen, Agent by) {
    Key key = settings.get(KEY);
    if (by.isAdministrator() && key.number() == seen) {
      settings.put(KEY, new Key(seen + 1, clock.instant(), by.name()));
    }
    return shownTo(by);
  }

  private String text(Key key) {
    return SignedCalls.text(secrets.key(key.secret()));
  }

  /// The keys that sign at this time, the newest first.
  List<byte[]> keys(Instant at) {
    Key key = settings.get(KEY);
    boolean overlaps = key.number() > 1 && at.isBefore(key.since().plus(OVERLAP));
    return Stream.of(key, key.before())
        .limit(overlaps ? 2 : 1)
        .map(one -> secrets.key(one.secret()))
        .toList();
  }
}
