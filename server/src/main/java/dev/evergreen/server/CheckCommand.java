package dev.evergreen.server;

import dev.evergreen.language.Catalogue;
import dev.evergreen.language.Checked;
import dev.evergreen.language.Finding;
import dev.evergreen.language.Report;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowFiles;
import dev.evergreen.language.WorkflowFiles.Source;
import dev.evergreen.server.workflow.Processes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Checks workflow files without starting the product, as a compiler would.
@Command(
    name = "check",
    description = {
      "Checks workflow files: what is wrong, where, and how to mend it.",
      "They may call each other and the workflows that come with the program, and serve each other's",
      "processes and those that come with it.",
      "Ends with 0 when all can be used, with 1 when one has an error, with 2 when one cannot be read."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final int ERRORS = 1;
  private static final int UNREADABLE = 2;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "FILE", description = "Workflow files (YAML).")
  private List<Path> files = List.of();

  @Option(
      names = "--schema",
      description = "Print the JSON Schema by which editors check files as they are written.")
  private boolean schema;

  @Option(names = "--json", description = "Print each finding as one JSON object a line.")
  private boolean json;

  /// picocli sets the fields before it calls.
  @SuppressWarnings("NullAway.Init")
  CheckCommand() {}

  @Override
  public Integer call() {
    var catalogue = Catalogue.load();
    if (schema) {
      out().print(WorkflowFiles.schema(catalogue));
      out().flush();
      return 0;
    }
    if (files.isEmpty()) {
      return unreadable("expected a file to check, or --schema");
    }
    var sources = new ArrayList<Source>();
    for (var file : files) {
      try {
        sources.add(new Source(file.toString(), Files.readString(file)));
      } catch (CharacterCodingException e) {
        return unreadable("%s: expected text in UTF-8".formatted(file));
      } catch (IOException e) {
        return unreadable("%s: expected a file that can be read".formatted(file));
      }
    }
    return check(sources, catalogue);
  }

  private int check(List<Source> sources, Catalogue catalogue) {
    var all =
        WorkflowFiles.read(
            sources,
            catalogue,
            new WorkflowFiles.Known(shipped(catalogue), Processes.read(catalogue), List.of()));
    for (int i = 0; i < all.size(); i++) {
      print(sources.get(i), all.get(i));
    }
    return all.stream().allMatch(Checked::isUsable) ? 0 : ERRORS;
  }

  private static List<WorkflowFile> shipped(Catalogue catalogue) {
    try {
      var files =
          new PathMatchingResourcePatternResolver().getResources("classpath*:workflows/**/*.yaml");
      return Arrays.stream(files)
          .map(
              file -> WorkflowFiles.read(String.valueOf(file.getFilename()), text(file), catalogue))
          .map(Checked::workflow)
          .filter(Objects::nonNull)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Resource file) {
    try {
      return file.getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print(Source source, Checked checked) {
    var out = out();
    for (var finding : checked.findings()) {
      if (json) {
        out.println(JsonMapper.shared().writeValueAsString(JsonFinding.of(finding)));
      } else {
        out.println(Report.of(finding, source.text()));
      }
    }
    if (!json) {
      out.println("%s: %s".formatted(source.file(), summary(checked)));
    }
    out.flush();
  }

  /// In the order in which people read a finding, on every run.
  private record JsonFinding(
      String severity,
      String file,
      int line,
      int column,
      String found,
      String expected,
      String remedy) {
    static JsonFinding of(Finding finding) {
      return new JsonFinding(
          finding.severity().name().toLowerCase(Locale.ROOT),
          finding.file(),
          finding.line(),
          finding.column(),
          finding.found(),
          finding.expected(),
          finding.remedy());
    }
  }

  private static String summary(Checked checked) {
    if (checked.findings().isEmpty()) {
      return "no problem found";
    }
    var errors =
        checked.findings().stream().filter(it -> it.severity() == Finding.Severity.ERROR).count();
    return "%s, %s"
        .formatted(
            counted(errors, "error"), counted(checked.findings().size() - errors, "warning"));
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private int unreadable(String problem) {
    spec.commandLine().getErr().println(problem);
    return UNREADABLE;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
