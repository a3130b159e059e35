package dev.evergreen.language.bpmn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/// The flow nodes of one process or subprocess and how the flow goes between them.
final class Graph {
  /// Elements of a process that stand beside the flow.
  private static final Set<String> ASIDE =
      Set.of(
          "extensionElements",
          "documentation",
          "sequenceFlow",
          "laneSet",
          "incoming",
          "outgoing",
          "property",
          "ioSpecification",
          "dataObject",
          "dataObjectReference",
          "dataStoreReference",
          "textAnnotation",
          "association",
          "group",
          "potentialOwner",
          "multiInstanceLoopCharacteristics",
          "standardLoopCharacteristics");

  private final Map<String, Vertex> vertices = new LinkedHashMap<>();
  private final Set<Edge> backward = new HashSet<>();

  /// A flow node. Two are the same only when they are one.
  static final class Vertex {
    private final Element element;
    private final List<Edge> in = new ArrayList<>();
    private final List<Edge> out = new ArrayList<>();
    private final List<Vertex> borders = new ArrayList<>();

    private Vertex(Element element) {
      this.element = element;
    }

    Element element() {
      return element;
    }

    String kind() {
      return element.getLocalName();
    }

    String id() {
      return element.getAttribute("id");
    }

    String name() {
      var name = element.getAttribute("name");
      return name.isBlank() ? id() : name;
    }

    List<Edge> in() {
      return in;
    }

    List<Edge> out() {
      return out;
    }

    /// The events on its border.
    List<Vertex> borders() {
      return borders;
    }

    /// The one node that it leads to; null when it leads nowhere.
    @Nullable Vertex target() throws Blocked {
      if (out.size() > 1 && !isGateway()) {
        throw new Blocked(
            this,
            "several flows leave it at once",
            "put a parallel or exclusive gateway behind it");
      }
      return out.isEmpty() ? null : out.getFirst().to();
    }

    /// The same of one that must lead somewhere.
    Vertex next() throws Blocked {
      var target = target();
      if (target == null) {
        throw new Blocked(this, "the flow ends here without an end", "let it lead to an end event");
      }
      return target;
    }

    boolean isGateway() {
      return kind().endsWith("Gateway");
    }

    @Override
    public String toString() {
      return kind() + " " + id();
    }
  }

  record Edge(Element element, Vertex from, Vertex to) {}

  Graph(Element scope) {
    for (Element child : Dom.children(scope)) {
      if (Bpmn.MODEL.equals(child.getNamespaceURI()) && !ASIDE.contains(child.getLocalName())) {
        vertices.put(child.getAttribute("id"), new Vertex(child));
      }
    }
    for (Element flow : Dom.children(scope, "sequenceFlow")) {
      var from = vertices.get(flow.getAttribute("sourceRef"));
      var to = vertices.get(flow.getAttribute("targetRef"));
      if (from != null && to != null) {
        var edge = new Edge(flow, from, to);
        from.out.add(edge);
        to.in.add(edge);
      }
    }
    for (Vertex vertex : vertices.values()) {
      var host = vertices.get(vertex.element.getAttribute("attachedToRef"));
      if (host != null) {
        host.borders.add(vertex);
      }
    }
    findBackward();
  }

  List<Vertex> vertices() {
    return List.copyOf(vertices.values());
  }

  /// Where the flow begins: events that say so, else what nothing leads to.
  List<Vertex> starts() {
    var events = vertices().stream().filter(it -> it.kind().equals("startEvent")).toList();
    return events.isEmpty()
        ? vertices().stream()
            .filter(it ->
                it.in.isEmpty() && !it.kind().equals("boundaryEvent") && !isEventSubProcess(it))
            .toList()
        : events;
  }

  List<Vertex> eventSubProcesses() {
    return vertices().stream().filter(Graph::isEventSubProcess).toList();
  }

  static boolean isEventSubProcess(Vertex vertex) {
    return vertex.kind().equals("subProcess")
        && vertex.element.getAttribute("triggeredByEvent").equals("true");
  }

  boolean isBackward(Edge edge) {
    return backward.contains(edge);
  }

  /// Whether some flow comes back to it.
  boolean isLoopHead(Vertex vertex) {
    return vertex.in.stream().anyMatch(this::isBackward);
  }

  /// How many flows come to it that do not come back.
  int forward(Vertex vertex) {
    return (int) vertex.in.stream().filter(edge -> !isBackward(edge)).count();
  }

  /// A depth-first walk; a flow to a node whose visit is under way leads back. Without recursion,
  /// because a model may be one long chain.
  private void findBackward() {
    var state = new HashMap<Vertex, Boolean>();
    for (Vertex start : starts()) {
      var path = new ArrayDeque<Visit>();
      enter(start, path, state);
      while (!path.isEmpty()) {
        var next = path.peek().next();
        if (next == null) {
          state.put(path.pop().vertex, true);
        } else {
          var done = state.get(next.to());
          if (done == null) {
            enter(next.to(), path, state);
          } else if (!done) {
            backward.add(next);
          }
        }
      }
    }
  }

  private static void enter(Vertex vertex, ArrayDeque<Visit> path, Map<Vertex, Boolean> state) {
    if (state.putIfAbsent(vertex, false) == null) {
      path.push(new Visit(vertex));
    }
  }

  private static final class Visit {
    private final Vertex vertex;
    private final List<Edge> out;
    private int at;

    Visit(Vertex vertex) {
      this.vertex = vertex;
      this.out = new ArrayList<>(vertex.out);
      vertex.borders.forEach(border -> out.addAll(border.out));
    }

    @Nullable Edge next() {
      return at < out.size() ? out.get(at++) : null;
    }
  }
}
