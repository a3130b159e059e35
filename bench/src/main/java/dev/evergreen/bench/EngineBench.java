package dev.evergreen.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Run;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowFiles;
import dev.evergreen.server.Evergreen;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/// Decisions of the engine in memory, on one thread: whole runs along ways that chance found, each
/// input decided and applied. What conditions and terms say has been evaluated before.
///
/// The loop is our own: each decision is fed with the state that the one before gave, and every run
/// is compared with the recorded one, so nothing can be optimized away.
final class EngineBench implements Bench.Measurement {
  private static final int WAYS = 100;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Override
  public void run(Report report, Effort effort) throws IOException {
    measure("question", EvergreenContender.WORKFLOW, report, effort);
    measure("issue-resolution", shipped("issue-resolution"), report, effort);
  }

  private static String shipped(String name) throws IOException {
    try (var file =
        Objects.requireNonNull(
            Evergreen.class.getResourceAsStream("/workflows/" + name + ".yaml"), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void measure(String name, String text, Report report, Effort effort) {
    var catalogue = Catalogue.load();
    WorkflowFile file = WorkflowFiles.read(name, text, catalogue).workflow();
    var answers = new Answers();
    var definition = answers.in(Objects.requireNonNull(file, name).definition());
    var ways = ways(definition, answers, catalogue);
    var loop = new Loop(definition, answers, ways);
    loop.repeat(effort.phase().multipliedBy(2));
    var medians = new Medians();
    for (int round = 0; round < effort.rounds(); round++) {
      long cpu = SYSTEM.getProcessCpuTime();
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long begin = System.nanoTime();
      double decisions = loop.repeat(effort.phase());
      double nanos = System.nanoTime() - begin;
      medians.add(name, "evergreen", decisions / nanos * 1e9, "decisions per second");
      medians.add(name, "evergreen", (SYSTEM.getProcessCpuTime() - cpu) / decisions, "ns CPU each");
      medians.add(
          name,
          "evergreen",
          (THREADS.getCurrentThreadAllocatedBytes() - allocated) / decisions,
          "bytes allocated each");
    }
    medians.print(report);
  }

  private static List<RecordedRun> ways(
      Definition definition, Answers answers, Catalogue catalogue) {
    var random = new SplittableRandom(1);
    var ways = new ArrayList<RecordedRun>();
    while (ways.size() < WAYS) {
      RecordedRun.found(definition, answers, catalogue, random).ifPresent(ways::add);
    }
    return ways;
  }

  private record Loop(Definition definition, Answers answers, List<RecordedRun> ways) {
    /// How many decisions were taken in about that time.
    long repeat(Duration duration) {
      long end = System.nanoTime() + duration.toNanos();
      long decisions = 0;
      while (System.nanoTime() < end) {
        for (var way : ways) {
          Run run = way.again(definition, answers);
          if (run.lastActivation() != way.end().lastActivation()
              || !Objects.equals(run.outcome(), way.end().outcome())) {
            throw new IllegalStateException(
                "expected a run to end like the recorded one, %s, but found %s"
                    .formatted(way.end(), run));
          }
          decisions += way.inputs().size();
        }
      }
      return decisions;
    }
  }
}
