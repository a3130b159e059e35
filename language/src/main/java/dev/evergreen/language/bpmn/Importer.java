package dev.evergreen.language.bpmn;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Handler;
import dev.evergreen.language.bpmn.Bpmn.Imported;
import dev.evergreen.language.bpmn.Bpmn.Obstacle;
import dev.evergreen.language.bpmn.Graph.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// Reads a whole model: finds its one process, reads its flow, and puts the definition together.
final class Importer {
  private static final int MOST_ELEMENTS = 5_000;

  private Importer() {}

  static Imported read(String xml) {
    try {
      return new Imported(definition(Dom.root(xml)), List.of());
    } catch (SAXException e) {
      var why = e.getMessage() == null ? "it cannot be read" : e.getMessage();
      return refused(new Obstacle("file", "", why, "give a BPMN 2.0 file in XML"));
    } catch (Blocked e) {
      return refused(e.obstacle());
    } catch (IllegalArgumentException e) {
      // What a record refuses: no step in a repeat, the same input twice.
      return refused(
          new Obstacle("process", "", String.valueOf(e.getMessage()), "mend that in the model"));
    }
  }

  private static Imported refused(Obstacle obstacle) {
    return new Imported(null, List.of(obstacle));
  }

  private static Definition definition(Element root) throws Blocked {
    if (!"definitions".equals(root.getLocalName()) || !Bpmn.MODEL.equals(root.getNamespaceURI())) {
      throw new Blocked(
          new Obstacle(
              "file",
              "",
              "expected BPMN's `definitions`, but found `%s`".formatted(root.getNodeName()),
              "export the model as BPMN 2.0"));
    }
    if (root.getElementsByTagNameNS(Bpmn.MODEL, "*").getLength() > 10 * MOST_ELEMENTS) {
      throw new Blocked(
          new Obstacle("file", "", "it has too many elements", "split the process by calls"));
    }
    var process = process(root);
    var scope = Scope.of(new Inlet(root, process), new Graph(process));
    var steps = scope.whole().steps();
    var handlers = new ArrayList<Handler>();
    for (Vertex sub : scope.graph().eventSubProcesses()) {
      scope.activities().ofWholeRun(sub).ifPresent(handlers::add);
    }
    var head = Dom.details(process, "workflow");
    return new Definition(
        name(process),
        1,
        process.getAttribute("name").isBlank() ? name(process) : process.getAttribute("name"),
        head.flatMap(it -> Dom.attribute(it, "about")).orElse("ticket"),
        Inlet.starts(process),
        Inlet.data(process),
        inputs(process),
        Rebuild.numbered(steps, ""),
        Rebuild.handlers(handlers, "on."));
  }

  private static Set<String> inputs(Element process) {
    return Dom.details(process, "workflow").stream()
        .flatMap(it -> Dom.ours(it, "data").stream())
        .filter(it -> it.getAttribute("input").equals("true"))
        .map(it -> it.getAttribute("name"))
        .collect(Collectors.toSet());
  }

  private static String name(Element process) {
    var name = Inlet.key(process.getAttribute("id")).replace('.', '-');
    return name.isEmpty() ? "imported" : name;
  }

  /// A collaboration may name partners whose process is empty.
  private static Element process(Element root) throws Blocked {
    var processes =
        Dom.children(root, "process").stream()
            .filter(it -> !new Graph(it).vertices().isEmpty())
            .toList();
    if (processes.size() != 1) {
      throw new Blocked(
          new Obstacle(
              "definitions",
              root.getAttribute("id"),
              "expected one process with a flow, but found " + processes.size(),
              "import each process as a workflow of its own"));
    }
    return processes.getFirst();
  }
}
