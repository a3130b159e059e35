package dev.evergreen.server;

import dev.evergreen.server.platform.RunningDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Option;

/// Options of commands that work on an installation, whether its server runs or not: they are a
/// node of their own for as long as they take, which opens no door and does no background work.
final class HouseCommand {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:EVERGREEN_DATA:-data}",
      description = "The installation's data folder (./data).")
  private Path data;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      defaultValue = "${env:EVERGREEN_DATABASE_URL:-}",
      description = "Its PostgreSQL, if it does not use the built-in one.")
  private String databaseUrl;

  /// picocli sets the fields before it calls.
  @SuppressWarnings("NullAway.Init")
  HouseCommand() {}

  ConfigurableApplicationContext open() {
    var settings =
        new ArrayList<>(
            List.of(
                "--evergreen.background=false",
                "--evergreen.port=0",
                "--server.address=127.0.0.1",
                "--evergreen.mail.in=127.0.0.1:0",
                "--evergreen.data=" + data,
                "--logging.level.root=error"));
    var url = databaseUrl.isBlank() ? RunningDatabase.urlOf(data).orElse("") : databaseUrl;
    if (!url.isEmpty()) {
      settings.add("--evergreen.database-url=" + url);
    }
    return new SpringApplicationBuilder(Evergreen.class).run(settings.toArray(String[]::new));
  }
}
