package dev.evergreen.server;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program's entry point: `serve` starts the product, `check` reads workflow files, `audit`
/// checks the audit log, `import` and `export` bring tickets in and out.
@SpringBootApplication
@Command(
    name = "evergreen",
    description = "Customer service that runs on processes people can read and improve.",
    subcommands = {
      ServeCommand.class,
      CheckCommand.class,
      AuditCommand.class,
      ImportCommand.class,
      ExportCommand.class
    },
    mixinStandardHelpOptions = true)
public class Evergreen {
  public static void main(String[] arguments) {
    var exit = new CommandLine(new Evergreen()).execute(arguments);
    // A started server lives on in its own threads; every other outcome is final.
    if (exit != ServeCommand.SERVING) {
      System.exit(exit);
    }
  }
}
