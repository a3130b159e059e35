package dev.evergreen.server.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/// Numbers for those who watch the installation, in the Prometheus text format, at `/metrics` of a
/// port of their own. Without `evergreen.management-port` there are none; they are never on the
/// port of the pages, and unless `evergreen.management-address` says otherwise only this machine
/// can read them.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("evergreen.management-port")
class Meters {
  @Bean
  PrometheusMeterRegistry meterRegistry() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  @Bean
  MeterBinder platformMeters(Standing standing) {
    return registry -> {
      gauge(registry, "evergreen.due.lateness.seconds", standing::lateness);
      gauge(registry, "evergreen.due.faults", standing::faultyDueTimes);
      gauge(
          registry,
          "evergreen.ledger.lag",
          () -> standing.readers().stream().mapToLong(Standing.Reader::lag).max().orElse(0));
      gauge(
          registry,
          "evergreen.ledger.faults",
          () -> standing.readers().stream().mapToLong(Standing.Reader::faults).sum());
    };
  }

  private interface Figure {
    double now();
  }

  private static void gauge(MeterRegistry registry, String name, Figure figure) {
    Gauge.builder(name, figure::now).register(registry);
  }

  /// The port itself.
  @Component
  @ConditionalOnProperty("evergreen.management-port")
  static final class Port implements SmartLifecycle {
    private final PrometheusMeterRegistry registry;
    private final InetSocketAddress address;
    private final HttpServer server;
    private volatile boolean running;

    Port(
        PrometheusMeterRegistry registry,
        @Value("${evergreen.management-port}") int port,
        @Value("${evergreen.management-address:127.0.0.1}") String address)
        throws IOException {
      this.registry = registry;
      this.address = new InetSocketAddress(address, port);
      this.server = HttpServer.create();
    }

    /// Where the numbers are read.
    InetSocketAddress address() {
      return server.getAddress();
    }

    @Override
    public void start() {
      try {
        server.bind(address, 16);
      } catch (IOException e) {
        throw new IllegalStateException(
            "expected evergreen.management-port to be free, but found " + e.getMessage(), e);
      }
      server.createContext("/metrics", this::answer);
      server.start();
      running = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
      try (exchange) {
        byte[] numbers = registry.scrape().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
        exchange.sendResponseHeaders(200, numbers.length);
        exchange.getResponseBody().write(numbers);
      }
    }

    @Override
    public void stop() {
      server.stop(1);
      running = false;
    }

    @Override
    public boolean isRunning() {
      return running;
    }
  }
}
