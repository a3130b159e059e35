package dev.evergreen.server;

import dev.evergreen.server.platform.PostgresFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `evergreen serve`: options become the settings that environment variables could give as well.
@Command(
    name = "serve",
    description = "Start Evergreen.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  static final int SERVING = -1;
  private static final int FAILED = 1;

  @Option(names = "--demo", description = "Start with a demo company and its last 90 days.")
  private boolean demo;

  @Option(names = "--demo-tickets", paramLabel = "N", description = "Tickets in the demo (2000).")
  private @Nullable Integer demoTickets;

  @Option(names = "--port", paramLabel = "N", description = "Where the pages are served (8080).")
  private @Nullable Integer port;

  @Option(names = "--data", paramLabel = "DIR", description = "The built-in database's folder.")
  private @Nullable String data;

  @Option(names = "--database-url", paramLabel = "URL", description = "A PostgreSQL to use.")
  private @Nullable String databaseUrl;

  @Option(
      names = "--address",
      paramLabel = "MAIL",
      description = "Where customers write to (support@localhost).")
  private @Nullable String address;

  @Option(names = "--mail-in", paramLabel = "HOST:PORT", description = "Where mail is accepted.")
  private @Nullable String mailIn;

  @Option(names = "--mail-relay", paramLabel = "URL", description = "Where mail is sent.")
  private @Nullable String mailRelay;

  @Option(names = "--public-url", paramLabel = "URL", description = "The pages' public address.")
  private @Nullable String publicUrl;

  @Option(
      names = "--management-port",
      paramLabel = "N",
      description = "Where this machine can read metrics (nowhere).")
  private @Nullable Integer managementPort;

  /// Starts, becomes ready, stops: used while building, to remember the start.
  @Option(names = "--rehearse", hidden = true)
  private boolean rehearse;

  @Override
  public Integer call() {
    ConfigurableApplicationContext context;
    try {
      context = new SpringApplicationBuilder(Evergreen.class).run(arguments());
    } catch (RuntimeException e) {
      System.err.println("evergreen: " + inOneSentence(e));
      return FAILED;
    }
    if (rehearse) {
      context.close();
      return 0;
    }
    if (!demo) {
      var open = context.getEnvironment().getProperty("local.server.port");
      System.out.println("Evergreen is open: http://localhost:" + open);
    }
    return SERVING;
  }

  private static String inOneSentence(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case PortInUseException taken -> {
          return "expected port %d to be free, but another program uses it; choose one with --port."
              .formatted(taken.getPort());
        }
        case PostgresFailure broken -> {
          return String.valueOf(broken.getMessage());
        }
        default -> {
          // A wrapper; the reason is further down.
        }
      }
    }
    return "the start failed; the reason stands above.";
  }

  private String[] arguments() {
    return settings().entrySet().stream()
        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
        .toArray(String[]::new);
  }

  private Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    put(settings, "evergreen.port", port);
    put(settings, "evergreen.data", data == null && demo ? "data-demo" : data);
    put(settings, "evergreen.database-url", databaseUrl);
    put(settings, "evergreen.mail.address", address);
    put(settings, "evergreen.mail.in", mailIn);
    put(settings, "evergreen.mail.relay", mailRelay);
    put(settings, "evergreen.public-url", publicUrl);
    put(settings, "evergreen.management-port", managementPort);
    put(settings, "evergreen.demo", demo ? "true" : null);
    put(settings, "evergreen.clock.movable", demo ? "true" : null);
    put(settings, "evergreen.demo-tickets", demoTickets);
    return settings;
  }

  private static void put(Map<String, String> settings, String name, @Nullable Object value) {
    if (value != null) {
      settings.put(name, value.toString());
    }
  }
}
