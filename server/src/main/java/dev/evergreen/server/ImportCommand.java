package dev.evergreen.server;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.PostgresFailure;
import dev.evergreen.server.transfer.Bundle;
import dev.evergreen.server.transfer.Finding;
import dev.evergreen.server.transfer.Format;
import dev.evergreen.server.transfer.Mapping;
import dev.evergreen.server.transfer.Takeover;
import dev.evergreen.server.transfer.Tally;
import dev.evergreen.server.transfer.vendor.Sources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `evergreen import`: takes tickets of another program over.
@Command(
    name = "import",
    description = {
      "Takes over tickets of another program with their whole past: what was said and noted, files,",
      "times and authors, customers by their address. Nobody gets mail and no workflow starts.",
      "Given again, or after it was cut off, it takes only what is not here yet.",
      "FILE is a file, a folder or a .zip of either; - reads Evergreen's own JSON lines.",
      "Ends with 0 when everything was taken, with 1 when something could not be, with 2 when",
      "nothing could be read."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ImportCommand implements Callable<Integer> {
  private static final int INCOMPLETE = 1;
  private static final int UNREADABLE = 2;
  private static final long SECOND = 1_000_000_000L;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "What was exported.")
  private List<String> files;

  @Option(
      names = "--from",
      paramLabel = "PROGRAM",
      description =
          "zendesk, zammad, freshdesk, osticket, mbox, csv or evergreen (told by the files).")
  private @Nullable String from;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description =
          "Under which its ids are remembered (the program's name): give one if you bring the"
              + " tickets of two installations of it.")
  private @Nullable String source;

  @Option(names = "--dry-run", description = "Only tell what would become of it.")
  private boolean dry;

  @Option(
      names = "--map",
      paramLabel = "ASPECT:WORD=OURS",
      description =
          "What a word of theirs becomes: --map status:Waiting=pending; - leaves it out. May be"
              + " repeated. The dry run tells all words.")
  private Map<String, String> chosen = Map.of();

  @Mixin private HouseCommand house;

  /// picocli sets the fields before it calls.
  @SuppressWarnings("NullAway.Init")
  ImportCommand() {}

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    try (var bundle = bundle();
        var context = house.open()) {
      return run(bundle, context, out);
    } catch (IOException | PostgresFailure e) {
      return unreadable(String.valueOf(e.getMessage()));
    }
  }

  private Bundle bundle() throws IOException {
    return files.equals(List.of("-"))
        ? Bundle.of("standard input", () -> System.in)
        : Bundle.of(files.stream().map(Path::of).toList());
  }

  private int run(Bundle bundle, ConfigurableApplicationContext context, PrintWriter out)
      throws IOException {
    var sources = context.getBean(Sources.class);
    var format = format(bundle, sources);
    if (format == null) {
      return unreadable(
          "expected a program by --from (zendesk, zammad, freshdesk, osticket, mbox, csv,"
              + " evergreen), since the files do not tell theirs");
    }
    var order =
        new Takeover.Order(
            source == null ? format.key() : source,
            format.label(),
            chosen,
            dry,
            new Actor("system", null, "Import"));
    var run = context.getBean(Takeover.class).prepare(order);
    long begin = System.nanoTime();
    var told = new AtomicLong(begin);
    try (var opened = sources.open(bundle, format)) {
      run.read(
          opened,
          () -> {
            long now = System.nanoTime();
            long before = told.get();
            if (now - before > 5 * SECOND && told.compareAndSet(before, now)) {
              tellProgress(run.tally(), now - begin);
            }
            return false;
          });
    }
    tell(run, System.nanoTime() - begin, out);
    out.flush();
    return run.tally().numbers().failed() > 0 ? INCOMPLETE : 0;
  }

  private @Nullable Format format(Bundle bundle, Sources sources) throws IOException {
    if (files.equals(List.of("-"))) {
      return Format.EVERGREEN;
    }
    return (from == null ? sources.guess(bundle) : Format.of(from)).orElse(null);
  }

  private void tellProgress(Tally tally, long nanos) {
    var numbers = tally.numbers();
    System.err.printf(
        "%,d tickets with %,d messages, %,d known before; %,.0f tickets a second%n",
        numbers.taken(),
        numbers.messages(),
        numbers.known(),
        (numbers.taken() + numbers.known()) * (double) SECOND / nanos);
  }

  private void tell(Takeover.Run run, long nanos, PrintWriter out) {
    var meanings = run.mapping().meanings();
    if (!meanings.isEmpty()) {
      out.printf("%-12s %-32s %10s   %s%n", "", "theirs", "tickets", "ours");
      for (var meaning : meanings) {
        out.println(line(meaning));
      }
      out.println();
    }
    for (Finding finding : run.tally().findings()) {
      out.println(finding);
    }
    var numbers = run.tally().numbers();
    out.printf(
        "%s %,d tickets with %,d messages; %,d were here before; %,d could not be taken; %,d things"
            + " did not fit. %.1f s.%n",
        dry ? "Would take" : "Took",
        numbers.taken(),
        numbers.messages(),
        numbers.known(),
        numbers.failed(),
        numbers.findings(),
        nanos / (double) SECOND);
  }

  private static String line(Mapping.Meaning meaning) {
    return "%-12s %-32s %,10d   %s%s"
        .formatted(
            meaning.aspect().key(),
            meaning.word(),
            meaning.count(),
            meaning.becomes().isEmpty() ? "left out" : meaning.becomes(),
            meaning.isGuess() && !meaning.becomes().isEmpty() ? " (a guess)" : "");
  }

  private int unreadable(String problem) {
    spec.commandLine().getErr().println("evergreen: " + problem);
    return UNREADABLE;
  }
}
