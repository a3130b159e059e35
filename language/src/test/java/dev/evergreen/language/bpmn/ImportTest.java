package dev.evergreen.language.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.WaitStep;
import dev.evergreen.language.bpmn.Bpmn.Obstacle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Models that other people drew with other tools, and what is hostile or cannot be taken.
class ImportTest {

  @Test
  void a_model_of_another_tool_becomes_a_workflow() {
    var steps =
        steps(
            """
            <startEvent id="s"/>
            <userTask id="read" name="Read the request"><documentation>All of it.</documentation>
              <potentialOwner><resourceAssignmentExpression><formalExpression>group(Front Line)</formalExpression></resourceAssignmentExpression></potentialOwner>
            </userTask>
            <exclusiveGateway id="ok" name="Is it complete?"/>
            <task id="ask" name="Ask for the rest"/>
            <task id="answer" name="Answer"/>
            <endEvent id="e"/>
            """
                + flow("s", "read")
                + flow("read", "ok")
                + "<sequenceFlow id='y' name='Yes' sourceRef='ok' targetRef='answer'/>"
                + "<sequenceFlow id='n' sourceRef='ok' targetRef='ask'>"
                + "<conditionExpression>${complete == false}</conditionExpression></sequenceFlow>"
                + flow("ask", "answer")
                + flow("answer", "e"));

    assertThat(steps).hasSize(3);
    var read = (DoStep) steps.getFirst();
    assertThat(read.title()).isEqualTo("Read the request");
    assertThat(read.instructions()).isEqualTo("All of it.");
    assertThat(read.by()).isEqualTo(new DoStep.Assignee.Team("front-line"));
    var decide = (DecideStep) steps.get(1);
    assertThat(decide.branches()).hasSize(2);
    assertThat(decide.branches().getFirst().when().source()).isEqualTo("Yes");
    assertThat(decide.branches().get(1).when().source()).isEqualTo("complete == false");
    assertThat(decide.branches().get(1).steps()).extracting(Step::id).containsExactly("2.2.1");
    assertThat(steps.get(2).title()).isEqualTo("Answer");
  }

  @Test
  void ways_that_meet_further_out_belong_to_the_outer_block() {
    var steps =
        steps(
            "<startEvent id='s'/><exclusiveGateway id='a'/><exclusiveGateway id='b'/>"
                + "<task id='t1'/><task id='t2'/><task id='t3'/><exclusiveGateway id='j'/>"
                + "<task id='last'/>"
                + flow("s", "a")
                + named("a", "b", "x")
                + named("a", "t3", "y")
                + named("b", "t1", "p")
                + named("b", "t2", "q")
                + flow("t1", "j")
                + flow("t2", "j")
                + flow("t3", "j")
                + flow("j", "last"));

    assertThat(steps).hasSize(2);
    var outer = (DecideStep) steps.getFirst();
    var inner = (DecideStep) outer.branches().getFirst().steps().getFirst();
    assertThat(inner.branches()).hasSize(2);
    assertThat(steps.getLast().title()).isEqualTo("last");
  }

  @Test
  void timers_messages_loops_and_ends_are_taken_as_they_are_drawn() {
    var steps =
        steps(
            """
            <startEvent id="s"/>
            <eventBasedGateway id="w" name="Wait for the customer"/>
            <intermediateCatchEvent id="m"><messageEventDefinition messageRef="reply"/></intermediateCatchEvent>
            <intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>PT36H</timeDuration></timerEventDefinition></intermediateCatchEvent>
            <endEvent id="dark" name="Went dark"><terminateEventDefinition/></endEvent>
            <userTask id="work" name="Work on it"><standardLoopCharacteristics loopMaximum="4"><loopCondition>!solved</loopCondition></standardLoopCharacteristics></userTask>
            <boundaryEvent id="late" attachedToRef="work" cancelActivity="false"><timerEventDefinition><timeDuration>P2D</timeDuration></timerEventDefinition></boundaryEvent>
            <task id="tell" name="Tell the lead"/>
            <parallelGateway id="f"/><task id="a"/><task id="b"/><parallelGateway id="j"/>
            <endEvent id="e"/>
            """
                + flow("s", "w")
                + flow("w", "m")
                + flow("w", "t")
                + flow("t", "dark")
                + flow("m", "work")
                + flow("late", "tell")
                + flow("work", "f")
                + flow("f", "a")
                + flow("f", "b")
                + flow("a", "j")
                + flow("b", "j")
                + flow("j", "e"));

    var wait = (WaitStep) steps.getFirst();
    assertThat(wait.events()).containsExactly("ticket.customer-replied");
    assertThat(wait.atMost()).isEqualTo(new Span(36, Span.Unit.HOURS, false));
    assertThat(((EndStep) wait.otherwise().getFirst()).outcome()).isEqualTo("went-dark");
    var repeat = (RepeatStep) steps.get(1);
    assertThat(repeat.atMost()).isEqualTo(4);
    assertThat(repeat.until().source()).isEqualTo("!(!solved)");
    var handler = repeat.handlers().getFirst();
    assertThat(handler.alongside()).isTrue();
    assertThat(handler.trigger())
        .isEqualTo(new Handler.Trigger.After(new Span(2, Span.Unit.DAYS, false)));
    assertThat(((TogetherStep) steps.get(2)).branches()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <startEvent id='s'/><inclusiveGateway id='x'/>                        | s>x         | inclusiveGateway x: a workflow has no block for it
          <startEvent id='s'/><complexGateway id='x'/>                          | s>x         | complexGateway x: a workflow has no block for it
          <startEvent id='s'/><adHocSubProcess id='x'/>                         | s>x         | adHocSubProcess x: a workflow has no block for it
          <startEvent id='s'/><serviceTask id='x'/>                             | s>x         | serviceTask x: it does not say which action it performs
          <startEvent id='s'/><task id='x'/><task id='y'/>                      | s>x         | task y: the flow never comes to it
          <startEvent id='s'/><task id='x'/><task id='y'/>                      | s>x x>y y>x | task x: the flow comes back to something else than a gateway that joins
          <startEvent id='s'/><exclusiveGateway id='x'/><task id='y'/><exclusiveGateway id='z'/> | s>x x>y y>z z>x z>y | task y: the flow comes back to something else
          <startEvent id='s'/><task id='x'/><task id='y'/><task id='z'/>        | s>x x>y x>z | task x: several flows leave it at once
          <startEvent id='s'/><callActivity id='x'/>                            | s>x         | callActivity x: it does not say what it calls
          <startEvent id='s'/><receiveTask id='x'/>                             | s>x         | receiveTask x: a wait that may never end
          <startEvent id='s'/><intermediateCatchEvent id='x'><timerEventDefinition><timeDate>2026-01-01</timeDate></timerEventDefinition></intermediateCatchEvent> | s>x | intermediateCatchEvent x: its time is no plain duration
          <startEvent id='s'/><parallelGateway id='x'/><task id='a'/><task id='b'/><exclusiveGateway id='j'/> | s>x x>a x>b a>j b>j | exclusiveGateway j: ways that are gone at the same time meet
          <startEvent id='s'/><parallelGateway id='x'/><task id='a'/><task id='b'/><endEvent id='c'><terminateEventDefinition/></endEvent><parallelGateway id='j'/> | s>x x>a x>b x>c a>j b>j | parallelGateway x: one of its ways ends the run while the others go on
          <startEvent id='s'/><userTask id='x'><multiInstanceLoopCharacteristics/></userTask> | s>x | userTask x: it is done once for each of several things
          """)
  void what_cannot_be_taken_is_said_with_its_place_and_a_remedy(
      String nodes, String flows, String says) {
    var text = new StringBuilder(nodes);
    for (String flow : flows.strip().split(" ")) {
      text.append(flow(flow.substring(0, 1), flow.substring(2)));
    }

    var imported = Bpmn.read(model(text.toString()));

    assertThat(imported.definition()).isNull();
    assertThat(imported.obstacles()).singleElement().asString().startsWith(says);
    assertThat(imported.obstacles()).extracting(Obstacle::remedy).noneMatch(String::isBlank);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no XML",
        "<definitions/>",
        "<a",
        "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>&x;</d>",
        "<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><d>&b;</d>",
        "<!DOCTYPE d SYSTEM 'http://127.0.0.1:1/x.dtd'><d/>",
        "<d xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file:///etc/passwd'/></d>"
      })
  void what_is_no_model_is_refused_with_a_sentence(String text) {
    var imported = Bpmn.read(text);

    assertThat(imported.definition()).isNull();
    assertThat(imported.obstacles())
        .singleElement()
        .satisfies(it -> assertThat(it.why() + it.remedy()).doesNotContain("root:"));
  }

  @Test
  @Timeout(20)
  void size_and_depth_are_bounded() {
    assertThat(Bpmn.read(" ".repeat(Dom.MOST_CHARACTERS + 1)).obstacles()).hasSize(1);
    assertThat(
            Bpmn.read(model("<subProcess id='x'>".repeat(5_000) + "</subProcess>".repeat(5_000)))
                .obstacles())
        .hasSize(1);
    var chain = new StringBuilder("<startEvent id='n0'/>");
    for (int i = 1; i <= 4_000; i++) {
      chain.append("<task id='n%d'/>".formatted(i)).append(flow("n" + (i - 1), "n" + i));
    }
    assertThat(steps(chain.toString())).hasSize(4_000);
    var nested = new StringBuilder("<startEvent id='g0'/>");
    for (int i = 1; i <= 3_000; i++) {
      nested.append("<exclusiveGateway id='g%d'/><task id='t%d'/>".formatted(i, i));
      nested.append(named("g" + (i - 1), "g" + i, "a")).append(named("g" + i, "t" + i, "b"));
    }
    assertThat(Bpmn.read(model(nested.toString())).obstacles())
        .singleElement()
        .asString()
        .contains("nested more than");
  }

  @Test
  void a_wide_model_is_read_in_time_that_grows_with_its_size() {
    var text = new StringBuilder("<startEvent id='s'/><exclusiveGateway id='g'/>" + flow("s", "g"));
    for (int i = 0; i < 2_000; i++) {
      text.append("<task id='t%d'/>".formatted(i)).append(named("g", "t" + i, "c" + i));
    }
    var began = System.nanoTime();

    var steps = steps(text.toString());

    assertThat(((DecideStep) steps.getFirst()).branches()).hasSize(2_000);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  private static List<Step> steps(String content) {
    var imported = Bpmn.read(model(content));
    assertThat(imported.obstacles()).isEmpty();
    return Objects.requireNonNull(imported.definition()).steps();
  }

  private static String flow(String from, String to) {
    return "<sequenceFlow id='%s-%s' sourceRef='%s' targetRef='%s'/>".formatted(from, to, from, to);
  }

  private static String named(String from, String to, String name) {
    return "<sequenceFlow id='%s-%s' name='%s' sourceRef='%s' targetRef='%s'/>"
        .formatted(from, to, name, from, to);
  }

  private static String model(String content) {
    return """
    <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
      <message id="reply" name="ticket.customer-replied"/>
      <process id="Serve_Customer" name="Serve a customer">%s</process>
    </definitions>
    """
        .formatted(content);
  }
}
