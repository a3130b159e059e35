package dev.evergreen.language.bpmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.TogetherStep.Join;
import dev.evergreen.engine.ValueType;
import dev.evergreen.language.RandomTree;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import javax.xml.stream.XMLInputFactory;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.flowable.bpmn.converter.BpmnXMLConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is exported: other tools read it, and we read the same tree back.
class BpmnTest {

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_tree_comes_back_as_it_was(long seed) {
    var definition = RandomTree.of(seed, 1 + (int) (seed % 40));
    var xml = Bpmn.write(definition);

    var imported = Bpmn.read(xml);

    assertThat(imported.obstacles()).isEmpty();
    var back = Objects.requireNonNull(imported.definition());
    assertThat(outline(back)).isEqualTo(outline(definition));
    assertThat(Bpmn.write(back)).isEqualTo(xml);
  }

  @Test
  void a_branch_that_ends_the_run_keeps_the_others_from_going_on() {
    var end = new EndStep("1.1.1.2.2", "Stop", "stopped");
    var branches = List.of(List.of(task("1.1.1.1.1")), List.of(task("1.1.1.2.1"), end));
    var together = new TogetherStep("1.1.1", "Both", Join.ALL, branches, List.of());
    var branch = new DecideStep.Branch(new Condition("urgent", _ -> true), List.of(together));
    var decide = new DecideStep("1", "Urgent?", List.of(branch), null, List.of());
    var definition =
        new Definition(
            "both",
            1,
            "Both",
            "ticket",
            List.of(),
            Map.of("urgent", new ValueType.Flag()),
            Set.of(),
            List.of(decide, task("2")),
            List.of());

    var xml = Bpmn.write(definition);

    var model =
        org.camunda.bpm.model.bpmn.Bpmn.readModelFromStream(
            new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    FlowNode meeting = model.getModelElementById("step_1_join");
    assertThat(meeting.getPreviousNodes().list())
        .extracting(FlowNode::getId)
        .containsExactly("step_1");
    var back = Objects.requireNonNull(Bpmn.read(xml).definition());
    assertThat(outline(back)).isEqualTo(outline(definition));
  }

  private static Step task(String id) {
    var by = new DoStep.Assignee.Responsible();
    return new DoStep(id, id, "", by, null, List.of(), List.of(), false, List.of());
  }

  static LongStream some() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("some")
  void camunda_reads_it_by_the_schema_of_bpmn(long seed) {
    var xml = Bpmn.write(RandomTree.of(seed, 30)).getBytes(StandardCharsets.UTF_8);

    var model = org.camunda.bpm.model.bpmn.Bpmn.readModelFromStream(new ByteArrayInputStream(xml));

    org.camunda.bpm.model.bpmn.Bpmn.validateModel(model);
  }

  @ParameterizedTest
  @MethodSource("some")
  void flowable_reads_it_with_its_drawing(long seed) throws Exception {
    var definition = RandomTree.of(seed, 30);
    var reader =
        XMLInputFactory.newFactory()
            .createXMLStreamReader(new StringReader(Bpmn.write(definition)));

    var model = new BpmnXMLConverter().convertToBpmnModel(reader);

    assertThat(model.getMainProcess().getName())
        .isEqualTo(definition.title().replace("\u0001", "\uFFFD"));
    for (var element : model.getMainProcess().getFlowElements()) {
      if (element instanceof org.flowable.bpmn.model.SequenceFlow) {
        assertThat(model.getFlowLocationGraphicInfo(element.getId())).hasSizeGreaterThan(1);
      } else {
        assertThat(model.getGraphicInfo(element.getId())).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothing_on_the_drawing_covers_anything_else(long seed) {
    separate(Exporter.export(RandomTree.of(seed, 1 + (int) (seed % 40))));
  }

  private static void separate(Fragment fragment) {
    var nodes = fragment.nodes().stream().filter(node -> !node.isBoundary()).toList();
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (meet(nodes.get(i).area(), nodes.get(j).area())) {
          fail("%s covers %s", nodes.get(i), nodes.get(j));
        }
      }
      if (nodes.get(i).kind() instanceof Node.Kind.SubProcess(var inside, _)) {
        var around = nodes.get(i).area();
        assertThat(inside.nodes()).allMatch(node -> within(node.area(), around));
        separate(inside);
      }
    }
  }

  private static boolean meet(Node.Area a, Node.Area b) {
    return a.x() < b.x() + b.width()
        && b.x() < a.x() + a.width()
        && a.y() < b.y() + b.height()
        && b.y() < a.y() + a.height();
  }

  private static boolean within(Node.Area a, Node.Area b) {
    return b.x() <= a.x()
        && b.y() <= a.y()
        && a.x() + a.width() <= b.x() + b.width()
        && a.y() + a.height() <= b.y() + b.height();
  }

  private static List<String> outline(Definition definition) {
    var lines = new ArrayList<String>();
    add(definition.steps(), lines);
    addHandlers(definition.handlers(), lines);
    return lines;
  }

  private static void add(List<Step> steps, List<String> lines) {
    for (Step step : steps) {
      var title = step.title().replace('\u0001', '\uFFFD');
      lines.add("%s %s %s".formatted(step.id(), step.getClass().getSimpleName(), title));
      step.parts().forEach(part -> add(part, lines));
      addHandlers(step.handlers(), lines);
    }
  }

  private static void addHandlers(List<Handler> handlers, List<String> lines) {
    for (Handler handler : handlers) {
      lines.add("%s %s %s".formatted(handler.id(), handler.trigger(), handler.alongside()));
      add(handler.steps(), lines);
    }
  }
}
