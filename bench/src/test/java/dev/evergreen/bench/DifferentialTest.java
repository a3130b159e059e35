package dev.evergreen.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a tree means, told by another engine: random trees, exported as BPMN, are run by Flowable
/// and by us on the same inputs. After every input the same has to be open, the same actions have
/// to have been performed, and in the end the outcome has to be the same. Every tree that differs
/// is told, with what was done to it.
///
/// Each run tries 150 trees, and `./evergreen test --faults` all 1,000: alone, that is `mvn -pl
/// bench -am verify -Dtest=DifferentialTest -Dsurefire.failIfNoSpecifiedTests=false
/// -Devergreen.faults=long`. `-Dseed=…` begins elsewhere.
class DifferentialTest {
  private static final int WALKS = 3;
  private static final int INPUTS = 40;
  private static final int WALKERS = 2;

  @TempDir Path folder;

  @Test
  void flowable_takes_the_same_way_through_every_tree() throws Exception {
    int trees = System.getProperty("evergreen.faults", "").equals("long") ? 1_000 : 150;
    long first = Long.getLong("seed", 0);
    var delegates = new FlowableDelegates();
    try (var database = new BenchDatabase(folder);
        var pool = pool(database);
        var walkers = Executors.newFixedThreadPool(WALKERS)) {
      var engine = engine(pool, delegates);
      engine
          .getRepositoryService()
          .createDeployment()
          .addString("called.bpmn", FlowableModel.CALLED)
          .deploy();
      var walked =
          walkers.invokeAll(
              LongStream.range(first, first + trees)
                  .<Callable<List<Walk>>>mapToObj(seed -> () -> walks(seed, engine, delegates))
                  .toList());
      var walks = new ArrayList<Walk>();
      for (var walk : walked) {
        walks.addAll(walk.get());
      }
      engine.close();
      long inputs = walks.stream().mapToLong(walk -> walk.trace.size()).sum();
      long ended = walks.stream().filter(walk -> walk.ended).count();
      System.out.printf(
          "Differential: %,d trees, each gone through %d times, %,d inputs, %,d runs to their end%n",
          trees, WALKS, inputs, ended);
      assertThat(walks.stream().map(walk -> walk.difference).filter(it -> !it.isEmpty())).isEmpty();
      assertThat(inputs).isGreaterThan(3L * WALKS * trees);
      assertThat(ended).isGreaterThan(3L * WALKS * trees / 4);
      assertThat(walks.stream().flatMap(walk -> walk.taken.stream()))
          .contains("task", "timer", "event", "handler", "answer", "whole");
    }
  }

  private static List<Walk> walks(long seed, ProcessEngine engine, FlowableDelegates delegates) {
    var definition = RandomProcess.of(seed);
    var random = RandomProcess.random(seed);
    try (var theirs = new FlowableSide(engine, definition, delegates)) {
      return IntStream.range(0, WALKS)
          .mapToObj(_ -> new Walk(new EvergreenSide(definition), theirs).walk(seed, random))
          .toList();
    }
  }

  /// One tree gone through once by both.
  private static final class Walk {
    private final Side ours;
    private final Side theirs;
    private final List<String> trace = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private String difference = "";
    private boolean ended;

    Walk(Side ours, Side theirs) {
      this.ours = ours;
      this.theirs = theirs;
    }

    /// Goes on until there is nothing left to happen, or the two differ.
    Walk walk(long seed, RandomGenerator random) {
      try {
        go(random);
        ended = !ours.outcome().isEmpty();
      } catch (AssertionError | RuntimeException e) {
        difference = "Seed %d after %s: %s".formatted(seed, trace, e);
      }
      return this;
    }

    private void go(RandomGenerator random) {
      ours.start();
      theirs.start();
      same();
      var once = new HashSet<String>();
      while (trace.size() < INPUTS) {
        // What runs alongside could come twice, and two of the same cannot be told apart.
        var choices = ours.open().keySet().stream().filter(it -> !once.contains(it)).toList();
        if (choices.isEmpty()) {
          break;
        }
        var element = choices.get(random.nextInt(choices.size()));
        if (element.startsWith("on_") && random.nextInt(4) > 0) {
          // Else handlers would end most runs before there is much to see.
          element = choices.getLast();
        }
        if (element.startsWith("on_")) {
          once.add(element);
        }
        var answers = new HashMap<String, Object>();
        RandomProcess.FLAGS.forEach(flag -> answers.put(flag, random.nextBoolean()));
        trace.add(element + " " + answers);
        taken.add(kind(element));
        ours.happen(element, answers);
        theirs.happen(element, answers);
        same();
      }
    }

    private static String kind(String element) {
      if (element.startsWith("on_")) {
        return element.endsWith("_start") ? "whole" : "handler";
      }
      if (element.contains("_event_")) {
        return "event";
      }
      return element.endsWith("_timer") ? "timer" : element.endsWith("_answer") ? "answer" : "task";
    }

    private void same() {
      SortedMap<String, Integer> open = ours.open();
      assertThat(Map.of("open", theirs.open(), "did", theirs.performed(), "end", theirs.outcome()))
          .as("Flowable")
          .isEqualTo(Map.of("open", open, "did", ours.performed(), "end", ours.outcome()));
    }
  }

  private static HikariDataSource pool(BenchDatabase database) throws Exception {
    var pool = new HikariDataSource();
    // Nothing here has to outlive the test.
    pool.setJdbcUrl(
        database.fresh("differential", "template0") + "&options=-c%20synchronous_commit=off");
    pool.setMaximumPoolSize(2 * WALKERS);
    return pool;
  }

  private static ProcessEngine engine(HikariDataSource pool, FlowableDelegates delegates) {
    var configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(pool);
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setAsyncExecutorActivate(false);
    configuration.setCreateDiagramOnDeploy(false); // its pictures take longer than all else
    configuration.setHistoryLevel(HistoryLevel.ACTIVITY);
    configuration.setBeans(Map.of("delegates", delegates));
    return configuration.buildProcessEngine();
  }
}
