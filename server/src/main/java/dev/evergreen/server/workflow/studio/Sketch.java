package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.Finding;
import dev.evergreen.language.Plain;
import dev.evergreen.language.WorkflowText;
import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.language.WorkflowText.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The steps of a draft as they stand in its text, right or wrong: what the editor draws, and what
/// can be done with each of them.
///
/// @param head the workflow itself: what it is for, what starts it
/// @param steps those of the workflow
/// @param handlers what is done at any time; null when there is nothing yet
public record Sketch(Card head, Lane steps, @Nullable Lane handlers) {

  /// A step, a handler, or the head of the file.
  ///
  /// @param title what people read first; never empty
  /// @param about the second, quieter line
  /// @param lanes the lists of steps inside it
  /// @param form how it is filled in; only of the one that is chosen
  public record Card(
      Place place,
      String icon,
      String title,
      String about,
      List<Finding> findings,
      List<Lane> lanes,
      @Nullable StepForm form) {
    public Card {
      findings = List.copyOf(findings);
      lanes = List.copyOf(lanes);
    }

    /// How the worst of its findings looks; empty without one.
    public String mood() {
      if (findings.isEmpty()) {
        return "";
      }
      return findings.stream().anyMatch(it -> it.severity() == Finding.Severity.ERROR)
          ? "late"
          : "soon";
    }

    public String domId() {
      return place.id().isEmpty() ? "step-head" : "step-" + place.id();
    }
  }

  /// Where a card stands, and where its neighbors are.
  ///
  /// @param id as in the text; empty for the head
  /// @param kind its first key; `on` for a handler, `workflow` for the head
  /// @param index in its list, from 0
  public record Place(String id, String kind, String list, int index, int line) {
    public boolean isStep() {
      return !id.isEmpty() && !kind.equals("on");
    }
  }

  /// Steps one after the other.
  ///
  /// @param address of the list in the text
  /// @param key under which it stands; empty when it is not there yet
  /// @param words in which case it is gone through; empty when that goes without saying
  /// @param condition in words where they can tell it, else its formula; empty when there is none
  /// @param optional whether it may be empty
  public record Lane(
      String address,
      String key,
      String words,
      String condition,
      boolean optional,
      List<Card> cards) {
    public Lane {
      cards = List.copyOf(cards);
    }

    /// Where another step is put: at the end, but before what ends everything.
    public int end() {
      boolean ends = !cards.isEmpty() && cards.getLast().place().kind().equals("end");
      return ends ? cards.size() - 1 : cards.size();
    }

    public boolean isOfHandlers() {
      return address.equals("on") || address.endsWith(".on");
    }
  }

  /// @param chosen the id of the card that is filled in; null for none
  static Sketch of(
      WorkflowText text, List<Finding> findings, @Nullable String chosen, StepForms forms) {
    return new Reading(text, findings, chosen, forms).read();
  }

  private static final class Reading {
    private static final Map<String, String> ELSE =
        Map.of(
            "wait", "If nothing comes",
            "ask", "If no answer comes that fits",
            "repeat", "If that was not enough");

    private final WorkflowText text;
    private final @Nullable String chosen;
    private final StepForms forms;
    private final Map<String, List<Part>> parts = new LinkedHashMap<>();
    private final Map<String, List<Finding>> findings = new HashMap<>();

    Reading(WorkflowText text, List<Finding> findings, @Nullable String chosen, StepForms forms) {
      this.text = text;
      this.chosen = chosen;
      this.forms = forms;
      for (Part part : text.parts()) {
        parts.computeIfAbsent(list(part.id()), _ -> new ArrayList<>()).add(part);
      }
      for (Finding finding : findings) {
        this.findings
            .computeIfAbsent(text.partAt(finding.line()).orElse(""), _ -> new ArrayList<>())
            .add(finding);
      }
    }

    Sketch read() {
      return new Sketch(
          card(new Part("", "workflow", text.head(), 1), 0),
          lane(new Sequence("", "steps"), "workflow"),
          parts.containsKey("on") ? lane(new Sequence("on", "on"), "workflow") : null);
    }

    private Card card(Part part, int index) {
      boolean head = part.id().isEmpty();
      return new Card(
          new Place(part.id(), part.kind(), list(part.id()), index, part.line()),
          StepSketch.icon(part),
          StepSketch.title(part),
          StepSketch.about(part, StepSketch.text(text.head().get("about"))),
          findings.getOrDefault(part.id(), List.of()),
          head ? List.of() : lanes(part),
          part.id().equals(chosen) ? forms.of(text, part) : null);
    }

    private List<Lane> lanes(Part part) {
      var lanes = new ArrayList<Lane>();
      var there = new ArrayList<String>();
      for (Sequence sequence : text.sequences(part.id())) {
        lanes.add(lane(sequence, part.kind()));
        there.add(sequence.key());
      }
      if (part.id().equals(chosen)) {
        for (String key : StepSketch.lanesOf(part)) {
          if (!there.contains(key)) {
            lanes.add(
                new Lane(
                    key.equals("steps") ? part.id() : part.id() + "." + key,
                    "",
                    words(key, part.kind()),
                    "",
                    true,
                    List.of()));
          }
        }
      }
      return lanes;
    }

    private Lane lane(Sequence sequence, String kind) {
      List<Part> steps = parts.getOrDefault(sequence.address(), List.of());
      var cards = new ArrayList<Card>();
      for (int i = 0; i < steps.size(); i++) {
        cards.add(card(steps.get(i), i));
      }
      String key = sequence.key();
      return new Lane(
          sequence.address(),
          key,
          words(key, kind),
          key.startsWith("when ") ? Plain.conditionAlone(key.substring("when ".length())) : "",
          Set.of("else", "otherwise", "on").contains(key) || key.startsWith("when "),
          cards);
    }

    private static String words(String key, String kind) {
      return switch (key) {
        case "steps" -> kind.equals("repeat") ? "Each time" : "";
        case "else" -> ELSE.getOrDefault(kind, "Otherwise");
        case "otherwise" -> "Otherwise";
        case "on" -> kind.equals("workflow") ? "At any time" : "Meanwhile";
        default -> key.startsWith("when ") ? "When" : key.substring(key.indexOf(' ') + 1);
      };
    }

    private static String list(String id) {
      int dot = id.lastIndexOf('.');
      return dot < 0 ? "" : id.substring(0, dot);
    }
  }
}
