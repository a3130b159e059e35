package dev.evergreen.server;

import dev.evergreen.server.platform.PostgresFailure;
import dev.evergreen.server.transfer.Export;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `evergreen export`: everything as JSON lines.
@Command(
    name = "export",
    description = {
      "Writes everything as JSON lines: what the team has set, customers, organizations, tickets with",
      "all that was said, noted, attached and done. docs/export.md tells the format, which import reads.",
      "FILE - writes to the standard output. Works beside a running installation and without one."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  private static final int FAILED = 2;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Where to; must not be there yet.")
  private String file;

  @Mixin private HouseCommand house;

  /// picocli sets the fields before it calls.
  @SuppressWarnings("NullAway.Init")
  ExportCommand() {}

  @Override
  public Integer call() {
    var err = spec.commandLine().getErr();
    if (!file.equals("-") && Files.exists(Path.of(file))) {
      err.println("evergreen: expected a file that is not there yet, but found " + file);
      return FAILED;
    }
    try (var context = house.open();
        var out = out()) {
      var written = context.getBean(Export.class).write(out);
      err.printf(
          "Wrote %,d tickets, %,d customers and %,d files.%n",
          written.tickets(), written.customers(), written.files());
      return 0;
    } catch (IOException | PostgresFailure e) {
      err.println("evergreen: " + e.getMessage());
      return FAILED;
    }
  }

  private OutputStream out() throws IOException {
    return file.equals("-") ? System.out : Files.newOutputStream(Path.of(file));
  }
}
