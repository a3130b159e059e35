package dev.evergreen.server.transfer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.transfer.Import.State;
import dev.evergreen.server.transfer.vendor.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Does imports on a thread of their own, one for each. Whoever works on one moves its due time on
/// before it comes; when a node dies, the time comes, and another node, or the same one after its
/// start, reads the export again and takes what is not here yet.
@Component
final class ImportWork implements DueReaction {
  static final Duration ABANDONED = Duration.ofSeconds(30);
  private static final Logger log = LoggerFactory.getLogger(ImportWork.class);
  private static final long BETWEEN = Duration.ofSeconds(1).toNanos();

  private final Imports imports;
  private final Takeover takeover;
  private final Parts parts;
  private final Due due;
  private final DatabaseClock clock;
  private final Set<Long> mine = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean ends;

  ImportWork(Imports imports, Takeover takeover, Parts parts, Due due, DatabaseClock clock) {
    this.imports = imports;
    this.takeover = takeover;
    this.parts = parts;
    this.due = due;
    this.clock = clock;
  }

  @Component
  record Parts(Sources sources, Files files, Agents agents) {}

  @Override
  public String kind() {
    return Imports.DUE;
  }

  @Override
  public void fire(Due.Item item) {
    long id = Long.parseLong(item.key());
    if (imports.withId(id).filter(Import::isGoing).isEmpty()) {
      return;
    }
    due.set(Imports.DUE, item.key(), clock.instant().plus(ABANDONED), Map.of());
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            begin(id);
          }
        });
  }

  private void begin(long id) {
    if (!ends && mine.add(id)) {
      threads.add(
          Thread.ofPlatform()
              .name("import-" + id)
              .start(() -> {
                try {
                  work(id);
                } finally {
                  mine.remove(id);
                  threads.remove(Thread.currentThread());
                }
              }));
    }
  }

  /// A node that stops leaves an import as it is: the next one goes on with it.
  @EventListener(ContextClosedEvent.class)
  void stop() throws InterruptedException {
    ends = true;
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(10));
    }
  }

  private void work(long id) {
    var asked = imports.withId(id).orElseThrow();
    var choice = imports.asked(id);
    var agent = choice.agent();
    var by =
        agent == null
            ? Actor.SYSTEM
            : parts.agents().withId(new AgentId(agent)).map(Agent::actor).orElse(Actor.SYSTEM);
    var order =
        new Takeover.Order(
            asked.source(), asked.format().label(), choice.chosen(), asked.dry(), by);
    var run = takeover.prepare(order);
    try {
      var told = new long[] {System.nanoTime()};
      read(asked, run, () -> isEnough(id, run, told));
      imports.end(id, State.DONE, report(run, ""), by);
      if (!asked.dry()) {
        imports.drop(id);
      }
    } catch (Batches.Enough _) {
      if (!ends) {
        imports.end(id, State.STOPPED, report(run, ""), by);
      }
    } catch (IOException | RuntimeException e) {
      log.error("The import {} failed; it can be begun again and goes on from there.", id, e);
      imports.end(id, State.FAILED, report(run, "" + e.getMessage()), by);
    }
  }

  private boolean isEnough(long id, Takeover.Run run, long[] told) {
    if (ends) {
      return true;
    }
    long now = System.nanoTime();
    synchronized (told) {
      if (now - told[0] < BETWEEN) {
        return false;
      }
      told[0] = now;
    }
    return !imports.tell(id, report(run, ""));
  }

  /// The files lie beside the database while they are read, so that they can be read in any order.
  private void read(Import asked, Takeover.Run run, Batches.After after) throws IOException {
    var folder = java.nio.file.Files.createTempDirectory("import");
    var copies = new ArrayList<Path>();
    try {
      for (var given : imports.files(asked.id())) {
        var copy = folder.resolve(copies.size() + "-" + given.name().replaceAll("[^\\w.-]", "_"));
        copies.add(copy);
        try (var in = parts.files().open(given.file())) {
          java.nio.file.Files.copy(in, copy);
        }
      }
      if (!imports.tell(asked.id(), report(run, ""))) {
        throw new Batches.Enough();
      }
      try (var bundle = Bundle.of(copies);
          var source = parts.sources().open(bundle, asked.format())) {
        run.read(source, after);
      }
    } finally {
      for (var copy : copies) {
        java.nio.file.Files.deleteIfExists(copy);
      }
      java.nio.file.Files.deleteIfExists(folder);
    }
  }

  private static Import.Report report(Takeover.Run run, String failure) {
    var mapping = run.mapping();
    return new Import.Report(
        run.tally().numbers(),
        mapping.meanings().stream()
            .map(meaning ->
                new Import.Meaning(
                    meaning.aspect(),
                    meaning.word(),
                    meaning.becomes(),
                    meaning.isGuess(),
                    meaning.count(),
                    mapping.choices(meaning.aspect())))
            .toList(),
        run.tally().findings(),
        failure);
  }
}
