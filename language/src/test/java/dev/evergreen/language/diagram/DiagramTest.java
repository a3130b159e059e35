package dev.evergreen.language.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.ValueType;
import dev.evergreen.engine.WaitStep;
import dev.evergreen.engine.testing.TestEngine;
import dev.evergreen.language.RandomTree;
import dev.evergreen.language.diagram.Shape.Card;
import dev.evergreen.language.diagram.Shape.Frame;
import dev.evergreen.language.diagram.Shape.Label;
import dev.evergreen.language.diagram.Shape.Line;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// Small drawings exactly, and the geometry of any. After a change that is meant, `-Ddraw=true`
/// draws the small ones anew, to be looked at.
class DiagramTest {
  private static final Path FIXTURES = Path.of("src/test/resources/diagrams");
  private static final Span DAY = new Span(1, Span.Unit.DAYS, false);

  static Stream<String> drawings() {
    return Stream.of(
        "sequence", "decision", "loop", "together", "handlers", "run", "figures", "phone");
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void a_small_tree_is_drawn_exactly_like_this(String name) throws IOException {
    var file = FIXTURES.resolve(name + ".svg");
    if (Boolean.getBoolean("draw")) {
      Files.writeString(file, drawn(name));
    }
    assertThat(drawn(name)).isEqualTo(Files.readString(file));
  }

  private static String drawn(String name) {
    return switch (name) {
      case "sequence" -> Diagram.of(workflow(task("1"), end("2"))).svg(Diagram.WIDE);
      case "decision" -> Diagram.of(workflow(decision())).svg(Diagram.WIDE);
      case "phone" -> Diagram.of(workflow(decision())).svg(Diagram.NARROW);
      case "loop" -> Diagram.of(workflow(loop())).svg(Diagram.WIDE);
      case "together" -> Diagram.of(workflow(together())).svg(Diagram.WIDE);
      case "handlers" -> Diagram.of(workflow(task("1", late(), reply()))).svg(Diagram.WIDE);
      case "run" -> run().svg(Diagram.WIDE);
      default ->
          Diagram.of(workflow(decision()))
              .with(
                  new Figures(
                      Map.of(
                          "1", new Figures.Figure(1391, 0, null),
                          "1.1.1", new Figures.Figure(834, 12, Duration.ofMinutes(190)),
                          "1.otherwise.1", new Figures.Figure(1, 0, Duration.ofSeconds(40))),
                      Map.of("1.1", 834L, "1.otherwise", 557L)))
              .svg(Diagram.WIDE);
    };
  }

  private static Diagram run() {
    var definition = workflow(task("1"), waiting(), task("3"));
    var engine = new TestEngine(definition);
    engine.start();
    engine.complete(Map.of());
    engine.moveTo(TestEngine.MONDAY.plus(Duration.ofDays(2)));
    return Diagram.of(definition).along(RunPath.of(definition, engine.run(), engine.history()));
  }

  @Test
  void a_run_is_drawn_with_what_it_did_and_where_it_stands() {
    var svg = run().svg(Diagram.NARROW);

    assertThat(svg)
        .contains("aria-label=\"Answer the customer: Team frontline, done\"")
        .contains("data-step=\"2.else.1\" aria-label=\"Answer the customer: Team frontline, now\"")
        .contains("data-step=\"3\" aria-label=\"Answer the customer: Team frontline, not reached\"")
        .contains("dg-label dg-taken");
  }

  @Test
  void the_end_that_a_run_came_to_is_done() {
    var definition =
        workflow(
            new WaitStep(
                "1",
                "Wait",
                List.of("ticket.closed"),
                null,
                DAY,
                null,
                null,
                List.of(end("1.else.1")),
                List.of()),
            end("2"));
    var engine = new TestEngine(definition);
    engine.start();
    engine.moveTo(TestEngine.MONDAY.plus(Duration.ofDays(2)));

    var path = RunPath.of(definition, engine.run(), engine.history());

    assertThat(path.standing("1.else.1")).isEqualTo(Standing.DONE);
    assertThat(path.standing("2")).isEqualTo(Standing.AHEAD);
  }

  @Test
  void a_drawing_that_stands_alone_brings_its_colours() {
    assertThat(Diagram.of(workflow(task("1"))).file(Diagram.WIDE))
        .contains("<style>")
        .contains("prefers-color-scheme: dark");
  }

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_two_boxes_meet_and_every_text_stands_in_its_box(long seed) throws Exception {
    var definition = RandomTree.of(seed, 1 + (int) (seed % 40));
    for (int width : List.of(Diagram.NARROW, 620, Diagram.WIDE)) {
      var scene = Diagram.of(definition).scene(width);
      separate(scene);
      texts(scene);
      framed(scene);
      wellFormed(Diagram.of(definition).svg(width));
    }
  }

  private static void separate(Scene scene) {
    var boxes =
        scene.shapes().stream()
            .filter(shape -> shape instanceof Card || shape instanceof Label)
            .map(Scene::bounds)
            .toList();
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (boxes.get(i).meets(boxes.get(j))) {
          fail("%s meets %s", boxes.get(i), boxes.get(j));
        }
      }
    }
  }

  private static void texts(Scene scene) {
    for (Shape shape : scene.shapes()) {
      var lines =
          switch (shape) {
            case Card card -> card.lines();
            case Label label -> label.lines();
            default -> List.<Line>of();
          };
      assertThat(lines)
          .allSatisfy(line -> assertThat(Scene.bounds(shape).contains(line.box())).isTrue());
    }
  }

  /// Whatever begins inside of a frame stays inside of it.
  private static void framed(Scene scene) {
    for (Shape shape : scene.shapes()) {
      if (shape instanceof Frame(Box frame, boolean _, Standing _)) {
        for (Shape other : scene.shapes()) {
          var box = Scene.bounds(other);
          if (other instanceof Card || other instanceof Label) {
            if (!frame.contains(box) && frame.meets(box)) {
              fail("expected all or nothing of %s in %s", other, frame);
            }
          }
        }
      }
    }
  }

  private static void wellFormed(String svg) throws Exception {
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    var links = document.getElementsByTagName("a");
    for (int i = 0; i < links.getLength(); i++) {
      var link = (Element) links.item(i);
      assertThat(link.getAttribute("href")).isEqualTo("#step-" + link.getAttribute("data-step"));
      assertThat(link.getAttribute("aria-label")).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Diagram.NARROW, 620, Diagram.WIDE})
  void an_ordinary_workflow_keeps_to_the_width(int width) {
    var nested =
        new DecideStep("1", "Solved?", List.of(branch("solved", loopIn("1.1."))), null, List.of());

    assertThat(Diagram.of(workflow(nested)).scene(width).width()).isLessThanOrEqualTo(width);
  }

  private static Definition workflow(Step... steps) {
    return new Definition(
        "small",
        1,
        "Serve a customer",
        "ticket",
        List.of(new Definition.Trigger("ticket.opened", Condition.ALWAYS)),
        Map.of("solved", new ValueType.Flag()),
        Set.of(),
        List.of(steps),
        List.of());
  }

  private static DoStep task(String id, Handler... handlers) {
    return new DoStep(
        id,
        "Answer the customer",
        "",
        new DoStep.Assignee.Team("frontline"),
        null,
        List.of(),
        List.of(),
        false,
        List.of(handlers));
  }

  private static EndStep end(String id) {
    return new EndStep(id, "End: resolved", "resolved");
  }

  private static DecideStep decision() {
    return new DecideStep(
        "1",
        "Do we know enough?",
        List.of(
            branch("ticket.priority == \"high\"", task("1.1.1")),
            new DecideStep.Branch(Condition.ALWAYS, List.of(task("1.otherwise.1")))),
        null,
        List.of());
  }

  private static DecideStep.Branch branch(String condition, Step... steps) {
    return new DecideStep.Branch(new Condition(condition, _ -> true), List.of(steps));
  }

  private static RepeatStep loop() {
    return loopIn("");
  }

  private static RepeatStep loopIn(String prefix) {
    return new RepeatStep(
        prefix + "1",
        "Find the answer",
        3,
        new Condition("solved", _ -> true),
        List.of(task(prefix + "1.1")),
        List.of(end(prefix + "1.else.1")),
        List.of());
  }

  private static TogetherStep together() {
    return new TogetherStep(
        "1",
        "Repair and keep the customer informed",
        TogetherStep.Join.ALL,
        List.of(List.of(task("1.1.1")), List.of(task("1.2.1"))),
        List.of());
  }

  private static Handler late() {
    return new Handler(
        "1.on.1",
        new Handler.Trigger.After(DAY),
        null,
        true,
        List.of(new CallStep("1.on.1.1", "Escalate", "escalate", Map.of(), Map.of(), List.of())));
  }

  private static Handler reply() {
    return new Handler(
        "1.on.2",
        new Handler.Trigger.OnEvent(List.of("ticket.customer-replied"), null),
        null,
        false,
        List.of(task("1.on.2.1")));
  }

  private static WaitStep waiting() {
    return new WaitStep(
        "2",
        "Wait for the customer's word",
        List.of("ticket.customer-replied"),
        null,
        DAY,
        null,
        null,
        List.of(task("2.else.1")),
        List.of());
  }
}
