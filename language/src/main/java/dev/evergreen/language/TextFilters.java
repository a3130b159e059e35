package dev.evergreen.language;

import java.util.List;
import java.util.Set;
import liqp.TemplateContext;
import liqp.filters.Filter;
import liqp.filters.Filters;

/// The Liquid filters that message texts may use: those that cannot read the clock and cannot let a
/// text grow without bounds.
final class TextFilters {
  static final Set<String> ALLOWED =
      Set.of(
          "append",
          "capitalize",
          "ceil",
          "date",
          "default",
          "downcase",
          "first",
          "floor",
          "join",
          "last",
          "lstrip",
          "minus",
          "plus",
          "prepend",
          "round",
          "rstrip",
          "size",
          "strip",
          "truncate",
          "truncatewords",
          "upcase");

  private TextFilters() {}

  /// Stand-ins for the filters of the library that alone would do too much.
  static List<Filter> guarded(int longest) {
    return List.of(joining("append", longest), joining("prepend", longest), date());
  }

  private static Filter joining(String name, int longest) {
    var original = original(name);
    return new Filter(name) {
      @Override
      public Object apply(Object value, TemplateContext context, Object... arguments) {
        if (asString(value, context).length() + asString(get(0, arguments), context).length()
            > longest) {
          throw new IllegalArgumentException("rendered string exceeds " + longest);
        }
        return original.apply(value, context, arguments);
      }
    };
  }

  private static Filter date() {
    var original = original("date");
    return new Filter("date") {
      @Override
      public Object apply(Object value, TemplateContext context, Object... arguments) {
        if (Set.of("now", "today").contains(asString(value, context).strip())) {
          throw new IllegalArgumentException("expected a moment, but found the word " + value);
        }
        return original.apply(value, context, arguments);
      }
    };
  }

  private static Filter original(String name) {
    return Filters.DEFAULT_FILTERS.get(name);
  }
}
