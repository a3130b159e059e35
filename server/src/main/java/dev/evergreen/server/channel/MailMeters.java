package dev.evergreen.server.channel;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How mail stands, as numbers for those who watch the installation. Nothing is asked of the
/// database unless somebody reads them, and then at most every two seconds.
@Component
class MailMeters implements MeterBinder {
  private static final Duration KEPT = Duration.ofSeconds(2);

  private final Mailboxes mailboxes;
  private final InstantSource clock;
  private final LoadingCache<String, MailStanding.Figures> figures;

  MailMeters(MailStanding standing, Mailboxes mailboxes, InstantSource clock) {
    this.mailboxes = mailboxes;
    this.clock = clock;
    this.figures = Caffeine.newBuilder().expireAfterWrite(KEPT).build(_ -> standing.look());
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "evergreen.intake.waiting", "Mails not read yet", f -> f.intake().count());
    gauge(
        registry,
        "evergreen.intake.age.seconds",
        "Age of the oldest of them",
        f -> age(f.intake().oldestAt()));
    gauge(registry, "evergreen.quarantine.size", "Mails held back", f -> f.quarantined());
    gauge(registry, "evergreen.outbox.waiting", "Letters not sent yet", f -> f.outbox().count());
    gauge(
        registry,
        "evergreen.outbox.age.seconds",
        "Age of the oldest of them",
        f -> age(f.outbox().oldestAt()));
    gauge(registry, "evergreen.outbox.failed", "Letters given up", f -> f.failed());
    mailboxes(registry);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String description,
      ToDoubleFunction<MailStanding.Figures> figure) {
    Gauge.builder(name, () -> figure.applyAsDouble(figures.get("")))
        .description(description)
        .register(registry);
  }

  /// Mailboxes come and go, so which there are is looked up whenever their number is read.
  private void mailboxes(MeterRegistry registry) {
    var age = MultiGauge.builder("evergreen.mailbox.poll.age.seconds").register(registry);
    var behind = MultiGauge.builder("evergreen.mailbox.behind").register(registry);
    Gauge.builder(
            "evergreen.mailboxes",
            () -> {
              List<Mailbox> all = mailboxes.all();
              age.register(
                  all.stream().map(m -> row(m, age(m.progress().polledAt()))).toList(), true);
              behind.register(
                  all.stream().map(m -> row(m, (double) m.progress().behind())).toList(), true);
              return all.size();
            })
        .description("Mailboxes that are read")
        .register(registry);
  }

  private static MultiGauge.Row<Number> row(Mailbox mailbox, double value) {
    return MultiGauge.Row.of(Tags.of("mailbox", mailbox.address()), value);
  }

  private double age(@Nullable Instant at) {
    return at == null ? 0 : Math.max(0, Duration.between(at, clock.instant()).toMillis() / 1000.0);
  }
}
