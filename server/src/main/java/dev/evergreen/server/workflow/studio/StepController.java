package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.WorkflowText;
import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.workflow.WorkflowDraft;
import dev.evergreen.server.workflow.WorkflowDrafts;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The steps of a draft are added, filled in, moved and taken out, each by a change of the text
/// that leaves everything else in it as it is.
@Controller
@RequestMapping("/workflows/{name}/draft/steps")
class StepController {
  private final WorkflowDrafts drafts;
  private final StepForms forms;
  private final EditorPages pages;

  StepController(WorkflowDrafts drafts, StepForms forms, EditorPages pages) {
    this.drafts = drafts;
    this.forms = forms;
    this.pages = pages;
  }

  /// What a change comes to.
  ///
  /// @param change in a few words
  /// @param chosen the id of the step that is filled in afterwards; null for none
  private record Changed(WorkflowText text, String change, @Nullable String chosen) {}

  @PostMapping
  String add(
      @ModelAttribute(binding = false) Exchange exchange,
      @RequestParam long revision,
      @RequestParam String list,
      @RequestParam int position,
      @RequestParam String kind) {
    return change(
        revision,
        text -> {
          if (kind.equals("on")) {
            return new Changed(
                text.insert(list, position, StepSketch.HANDLER),
                "added what happens meanwhile",
                Moves.id(list, position));
          }
          Beginnings.Begun begun = Beginnings.of(kind, text, forms.offers().callable(text));
          return new Changed(
              begun.text().insert(list, position, begun.values()),
              "added a step",
              Moves.id(list, position));
        },
        exchange);
  }

  @PostMapping("/{id}")
  String fill(
      @ModelAttribute(binding = false) Exchange exchange,
      @PathVariable String id,
      @RequestParam long revision,
      @RequestParam MultiValueMap<String, String> sent) {
    return change(
        revision,
        text -> {
          String chosen = id.equals(Editor.HEAD) ? "" : id;
          Part part =
              chosen.isEmpty()
                  ? new Part("", "workflow", text.head(), 1)
                  : text.part(chosen)
                      .orElseThrow(() -> new IllegalArgumentException("expected a step " + id));
          return new Changed(
              StepChange.apply(text, part, forms, sent),
              "changed “" + StepSketch.title(part) + "”",
              chosen);
        },
        exchange);
  }

  /// @param position in the list as it is before the move
  @PostMapping("/{id}/place")
  String place(
      @ModelAttribute(binding = false) Exchange exchange,
      @PathVariable String id,
      @RequestParam long revision,
      @RequestParam String list,
      @RequestParam int position) {
    return change(revision, text -> moved(text, id, new Moves.Target(list, position)), exchange);
  }

  /// @param to `up`, `down`, `in` to the block above, or `out` of the block around
  @PostMapping("/{id}/move")
  String move(
      @ModelAttribute(binding = false) Exchange exchange,
      @PathVariable String id,
      @RequestParam long revision,
      @RequestParam String to) {
    return change(
        revision,
        text -> {
          Optional<Moves.Target> target = Moves.target(text, id, to);
          return target.isPresent()
              ? moved(text, id, target.get())
              : new Changed(text, "moved nothing", id);
        },
        exchange);
  }

  @PostMapping("/{id}/removal")
  String remove(
      @ModelAttribute(binding = false) Exchange exchange,
      @PathVariable String id,
      @RequestParam long revision) {
    return change(
        revision,
        text -> new Changed(text.delete(id), "removed “" + title(text, id) + "”", null),
        exchange);
  }

  @PostMapping("/{id}/branches")
  String addBranch(
      @ModelAttribute(binding = false) Exchange exchange,
      @PathVariable String id,
      @RequestParam long revision) {
    return change(
        revision, text -> new Changed(Branches.add(text, id), "added a branch", id), exchange);
  }

  @PostMapping("/{id}/branches/removal")
  String removeBranch(
      @ModelAttribute(binding = false) Exchange exchange,
      @PathVariable String id,
      @RequestParam long revision,
      @RequestParam String key) {
    return change(
        revision, text -> new Changed(text.remove(id, key), "removed a branch", id), exchange);
  }

  private static Changed moved(WorkflowText text, String id, Moves.Target target) {
    return new Changed(
        text.move(id, target.list(), target.position()),
        "moved “" + title(text, id) + "”",
        target.idOf(id));
  }

  private static String title(WorkflowText text, String id) {
    return text.part(id).map(StepSketch::title).orElse(id);
  }

  /// Changes the text as it stands in the field, when that was sent along, else the saved one.
  private String change(long revision, Function<WorkflowText, Changed> verb, Exchange exchange) {
    WorkflowDraft draft = pages.draft(exchange.name(), exchange.agent());
    String typed = exchange.typed();
    String before = typed == null ? draft.text().content() : typed;
    Optional<WorkflowText> text = WorkflowText.of(before);
    if (text.isEmpty()) {
      return pages.refused(
          Reason.INVALID,
          "The text cannot be read at present, so no step was changed; mend it first.",
          null,
          null,
          exchange);
    }
    Changed changed;
    try {
      changed = verb.apply(text.get());
    } catch (IllegalArgumentException _) {
      return pages.refused(
          Reason.OUTDATED,
          "That step is no longer where it was on your page; nothing was changed.",
          null,
          null,
          exchange);
    }
    return pages.answer(
        drafts.save(
            exchange.name(), revision, changed.text().text(), changed.change(), exchange.agent()),
        changed.text().text(),
        changed.chosen(),
        exchange);
  }
}
