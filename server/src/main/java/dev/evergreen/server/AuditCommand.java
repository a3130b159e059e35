package dev.evergreen.server;

import dev.evergreen.server.platform.AuditCheck.Result;
import dev.evergreen.server.platform.AuditCheckpoints.Checkpoint;
import dev.evergreen.server.platform.AuditInspection;
import dev.evergreen.server.platform.PostgresFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `evergreen audit`: whether the audit log is as it was written.
@Command(
    name = "audit",
    description = {
      "Checks that nobody has changed the audit log, and names the first entry that is not as it was.",
      "Works beside a running installation and without one.",
      "Ends with 0 when the log is whole, with 1 when it is not, with 2 when it cannot be read."
    },
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  private static final int BROKEN = 1;
  private static final int UNREADABLE = 2;

  @Spec private CommandSpec spec;

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

  @Option(
      names = "--checkpoint",
      paramLabel = "NUMBER:SEAL",
      description = "An end of the log as the program's log told it; may be repeated.")
  private List<String> checkpoints = List.of();

  /// picocli sets the fields before it calls.
  @SuppressWarnings("NullAway.Init")
  AuditCommand() {}

  @Override
  public Integer call() {
    // What it prints is its answer: how the connections come and go belongs into no script's input.
    LoggingSystem.get(getClass().getClassLoader())
        .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.ERROR);
    var known = new ArrayList<Checkpoint>();
    for (var text : checkpoints) {
      var checkpoint = Checkpoint.parse(text);
      if (checkpoint.isEmpty()) {
        return unreadable("expected a checkpoint as 12:…, but found " + text);
      }
      known.add(checkpoint.get());
    }
    var secretKey = System.getenv().getOrDefault("EVERGREEN_SECRET_KEY", "");
    try {
      return tell(new AuditInspection(databaseUrl, data, secretKey).run(known));
    } catch (PostgresFailure e) {
      return unreadable(String.valueOf(e.getMessage()));
    }
  }

  private int tell(Result result) {
    var out = spec.commandLine().getOut();
    var code =
        switch (result) {
          case Result.Whole(long entries, Checkpoint end, long erased) -> {
            out.println(
                "The audit log is whole: %d entries, %d erased texts.".formatted(entries, erased));
            out.println("It ends with " + end);
            yield 0;
          }
          case Result.Broken(long number, String what) -> {
            out.println("The audit log is broken at entry %d: %s.".formatted(number, what));
            yield BROKEN;
          }
        };
    out.flush();
    return code;
  }

  private int unreadable(String problem) {
    spec.commandLine().getErr().println("evergreen: " + problem);
    return UNREADABLE;
  }
}
