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
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a tree means, told by another engine: random trees, exported as BPMN, are run by Flowable
/// and by us on the same inputs. After every input the same has to be open, the same actions have
/// to have been performed, and in the end the outcome has to be the same.
///
/// Each run tries 150 trees; `-Devergreen.faults=long`, as in `./evergreen test --faults`, all
/// 1,000. `-Dseed=…` begins elsewhere.
class DifferentialTest {
  private static final int INPUTS = 40;

  @TempDir Path folder;

  @Test
  void flowable_takes_the_same_way_through_every_tree() throws Exception {
    int trees = System.getProperty("evergreen.faults", "").equals("long") ? 1_000 : 150;
    long first = Long.getLong("seed", 0);
    var delegates = new FlowableSide.Delegates();
    try (var database = new BenchDatabase(folder);
        var pool = pool(database)) {
      var engine = engine(pool, delegates);
      engine
          .getRepositoryService()
          .createDeployment()
          .addString("called.bpmn", FlowableSide.CALLED)
          .deploy();
      var taken = new HashSet<String>();
      int inputs = 0;
      int ended = 0;
      for (long seed = first; seed < first + trees; seed++) {
        var walk = new Walk(seed, engine, delegates);
        inputs += walk.walk(taken);
        ended += walk.ended ? 1 : 0;
      }
      System.out.printf(
          "Differential: %,d trees, %,d inputs, %,d runs to their end%n", trees, inputs, ended);
      assertThat(inputs).isGreaterThan(trees * 3);
      assertThat(ended).isGreaterThan(trees / 4);
      assertThat(taken).contains("task", "timer", "event", "handler", "answer", "whole");
      engine.close();
    }
  }

  /// One tree gone through by both.
  private static final class Walk {
    private final long seed;
    private final Side ours;
    private final FlowableSide theirs;
    private final List<String> trace = new ArrayList<>();
    private boolean ended;

    Walk(long seed, ProcessEngine engine, FlowableSide.Delegates delegates) {
      this.seed = seed;
      var definition = RandomProcess.of(seed);
      this.ours = new EvergreenSide(definition);
      this.theirs = new FlowableSide(engine, definition, delegates);
    }

    int walk(Set<String> taken) {
      var random = RandomProcess.random(seed);
      ours.start();
      theirs.start();
      same();
      var once = new HashSet<String>();
      int inputs = 0;
      while (inputs < INPUTS) {
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
        inputs++;
        same();
      }
      ended = !ours.outcome().isEmpty();
      theirs.close();
      return inputs;
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
          .as("Flowable on seed %d after %s", seed, trace)
          .isEqualTo(Map.of("open", open, "did", ours.performed(), "end", ours.outcome()));
    }
  }

  private static HikariDataSource pool(BenchDatabase database) throws Exception {
    var pool = new HikariDataSource();
    // Nothing here has to outlive the test.
    pool.setJdbcUrl(
        database.fresh("differential", "template0") + "&options=-c%20synchronous_commit=off");
    pool.setMaximumPoolSize(2);
    return pool;
  }

  private static ProcessEngine engine(HikariDataSource pool, FlowableSide.Delegates delegates) {
    var configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(pool);
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setAsyncExecutorActivate(false);
    configuration.setHistoryLevel(HistoryLevel.ACTIVITY);
    configuration.setBeans(Map.of("delegates", delegates));
    return configuration.buildProcessEngine();
  }
}
