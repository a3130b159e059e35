package dev.evergreen.server.workflow.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Event;
import dev.evergreen.engine.Run;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.language.EventJson;
import dev.evergreen.language.RunJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a version of the program has written, each later build can read, replay and continue:
/// histories of that version, one folder each, that are never recorded again.
///
/// `-Devergreen.record=N` makes the folder of a new version N, when what is written has changed.
class RecordedRunsTest {
  private static final Path FOLDER = Path.of("src/test/resources/recorded");
  private static final Path WORKFLOWS = Path.of("src/main/resources/workflows");
  private static final int LIVES = 16;
  private static final long MOST_BYTES = 1_000_000;

  static List<Path> recordings() {
    return versions().flatMap(RecordedRunsTest::filesOf).toList();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void its_history_gives_its_states(Path file) {
    Recording recording = Recording.read(file);

    IntStream.rangeClosed(1, recording.inputs().size())
        .forEach(inputs -> {
          String state = recording.inputs().get(inputs - 1).state();
          if (state != null) {
            assertThat(recording.replayed(inputs)).isEqualTo(RunJson.read(state));
          }
        });
    assertThat(recording.inputs().stream().filter(taken -> taken.state() != null))
        .hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void it_goes_on_from_each_of_its_states_to_its_end(Path file) {
    Recording recording = Recording.read(file);
    Run end = recording.replayed(recording.inputs().size());
    assertThat(end.status().isFinal()).isTrue();

    assertThat(Replay.onwards(recording, Run.fresh(), 0)).isEqualTo(end);
    for (int inputs = 1; inputs <= recording.inputs().size(); inputs++) {
      String state = recording.inputs().get(inputs - 1).state();
      if (state != null) {
        assertThat(Replay.onwards(recording, RunJson.read(state), inputs)).isEqualTo(end);
      }
    }
  }

  /// Fails when what is written changes: then it gets a version of its own, beside those before.
  @Test
  void the_newest_version_is_what_this_build_writes() {
    for (Path file : filesOf(newest()).toList()) {
      Recording recording = Recording.read(file);
      for (Recording.Taken taken : recording.inputs()) {
        assertThat(taken.happened().stream().map(EventJson::write))
            .as("events in %s; a changed form needs a new version, see CONTRIBUTING.md", file)
            .isEqualTo(taken.events());
        if (taken.state() != null) {
          assertThat(RunJson.write(RunJson.read(taken.state())))
              .as("a state in %s; a changed form needs a new version, see CONTRIBUTING.md", file)
              .isEqualTo(taken.state());
        }
      }
    }
  }

  @Test
  void everything_that_can_happen_or_be_open_is_recorded() {
    var events = new TreeSet<String>();
    var open = new TreeSet<String>();
    for (Path file : filesOf(newest()).toList()) {
      Recording recording = Recording.read(file);
      for (Recording.Taken taken : recording.inputs()) {
        taken.happened().forEach(event -> events.add(event.getClass().getSimpleName()));
        if (taken.state() != null) {
          RunJson.read(taken.state())
              .open()
              .forEach(activation -> open.add(activation.getClass().getSimpleName()));
        }
      }
    }

    assertThat(events).isEqualTo(kinds(Event.class));
    assertThat(open).isEqualTo(kinds(Activation.class));
  }

  @Test
  void recordings_stay_small() throws IOException {
    long bytes = 0;
    for (Path file : recordings()) {
      bytes += Files.size(file);
    }

    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  @Test
  @EnabledIfSystemProperty(named = "evergreen.record", matches = "\\d+")
  void record() throws IOException {
    Path folder = FOLDER.resolve(System.getProperty("evergreen.record"));
    assertThat(folder).as("versions are never recorded again").doesNotExist();
    Files.createDirectories(folder);
    long seed = 1;
    for (Path file : workflows()) {
      String name = String.valueOf(file.getFileName()).replace(".yaml", "");
      Recorder.record(name, List.of(Files.readString(file)), seed++).write(folder);
    }
    for (Path file : filesOf(FOLDER.resolve("workflows")).toList()) {
      String text = Files.readString(file);
      String name = String.valueOf(file.getFileName()).replace(".yaml", "");
      String edited = text.replace("# moved: ", "");
      for (int life = 1; life <= LIVES; life++) {
        Recorder.record(name + "-" + life, List.of(text, edited), seed++).write(folder);
      }
    }
  }

  private static List<Path> workflows() throws IOException {
    try (var files = Files.walk(WORKFLOWS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static Stream<Path> versions() {
    return filesOf(FOLDER).filter(folder -> String.valueOf(folder.getFileName()).matches("\\d+"));
  }

  private static Path newest() {
    return versions()
        .max(
            java.util.Comparator.comparingInt(
                folder -> Integer.parseInt(String.valueOf(folder.getFileName()))))
        .orElseThrow();
  }

  private static Stream<Path> filesOf(Path folder) {
    try (var files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> kinds(Class<?> sealed) {
    return sealed.isSealed()
        ? Arrays.stream(sealed.getPermittedSubclasses())
            .flatMap(kind -> kinds(kind).stream())
            .collect(Collectors.toCollection(TreeSet::new))
        : Set.of(sealed.getSimpleName());
  }
}
