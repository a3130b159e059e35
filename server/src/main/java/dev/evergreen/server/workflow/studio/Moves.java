package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.WorkflowText;
import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.language.WorkflowText.Sequence;
import java.util.List;
import java.util.Optional;

/// Where a step goes when it is moved by one place, and what it is called there.
final class Moves {
  private Moves() {}

  /// A place in a list as it is before the move.
  record Target(String list, int position) {

    /// The id that a step has once it stands here and its old place is gone.
    String idOf(String moved) {
      String from = listOf(moved);
      int gone = indexOf(moved);
      if (list.equals(from)) {
        return id(list, position > gone ? position - 1 : position);
      }
      return id(shifted(list, from, gone), position);
    }

    /// A list's address once a step before it is gone.
    private static String shifted(String list, String from, int gone) {
      String prefix = from.isEmpty() ? "" : from + ".";
      if (!list.startsWith(prefix)) {
        return list;
      }
      String[] rest = list.substring(prefix.length()).split("\\.", 2);
      if (!rest[0].matches("\\d+") || Integer.parseInt(rest[0]) - 1 <= gone) {
        return list;
      }
      int number = Integer.parseInt(rest[0]) - 1;
      return prefix + number + (rest.length > 1 ? "." + rest[1] : "");
    }
  }

  /// Empty when there is no such place.
  static Optional<Target> target(WorkflowText text, String id, String to) {
    String list = listOf(id);
    int index = indexOf(id);
    return switch (to) {
      case "up" -> index > 0 ? Optional.of(new Target(list, index - 1)) : Optional.empty();
      case "down" ->
          text.part(id(list, index + 1)).isPresent()
              ? Optional.of(new Target(list, index + 2))
              : Optional.empty();
      case "in" -> index > 0 ? into(text, id(list, index - 1)) : Optional.empty();
      case "out" -> outOf(text, list);
      default -> Optional.empty();
    };
  }

  /// The end of the last list of steps inside a block.
  private static Optional<Target> into(WorkflowText text, String block) {
    List<Sequence> inside =
        text.sequences(block).stream().filter(it -> !it.key().equals("on")).toList();
    if (inside.isEmpty()) {
      return text.part(block).stream()
          .flatMap(part -> StepSketch.lanesOf(part).stream())
          .findFirst()
          .map(key -> new Target(block + "." + key, 0));
    }
    String list = inside.getLast().address();
    long there = text.parts().stream().filter(part -> listOf(part.id()).equals(list)).count();
    return Optional.of(new Target(list, (int) there));
  }

  /// Behind the step that a list stands in.
  private static Optional<Target> outOf(WorkflowText text, String list) {
    return text.parts().stream()
        .filter(part -> !part.kind().equals("on"))
        .map(Part::id)
        .filter(block -> text.sequences(block).stream().anyMatch(it -> it.address().equals(list)))
        .findFirst()
        .map(block -> new Target(listOf(block), indexOf(block) + 1));
  }

  static String id(String list, int index) {
    return list.isEmpty() ? String.valueOf(index + 1) : list + "." + (index + 1);
  }

  private static String listOf(String id) {
    int dot = id.lastIndexOf('.');
    return dot < 0 ? "" : id.substring(0, dot);
  }

  private static int indexOf(String id) {
    return Integer.parseInt(id.substring(id.lastIndexOf('.') + 1)) - 1;
  }
}
