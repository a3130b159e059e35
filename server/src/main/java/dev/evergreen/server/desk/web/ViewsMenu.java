package dev.evergreen.server.desk.web;

import java.util.List;

/// The views of one agent with how many tickets wait in each, by whom they are there for.
///
/// @param mayMake whether this reader may save a view
public record ViewsMenu(List<Section> sections, String current, boolean mayMake) {
  public ViewsMenu {
    sections = List.copyOf(sections);
  }

  /// Views of one kind; the first, those that come with the program, have no heading.
  public record Section(String heading, List<Item> items) {
    public Section {
      items = List.copyOf(items);
    }
  }

  /// @param count how many wait there; empty where that is not counted
  public record Item(String key, String name, String count) {
    public String href() {
      return "/tickets?view=" + key;
    }
  }

  public boolean isCurrent(Item item) {
    return item.key().equals(current);
  }

  /// Those that stand as tabs over a narrow list: the ones that everybody has, and where one is.
  public List<Item> tabs() {
    return sections.stream()
        .flatMap(section ->
            section.items().stream().filter(item -> section.heading().isEmpty() || isCurrent(item)))
        .toList();
  }

  public List<Section> saved() {
    return sections.stream().filter(section -> !section.heading().isEmpty()).toList();
  }

  public String source() {
    return "/views?view=" + current;
  }
}
