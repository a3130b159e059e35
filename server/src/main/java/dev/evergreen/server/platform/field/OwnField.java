package dev.evergreen.server.platform.field;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A field that an administrator defined for subjects of one kind. Key and kind are for ever:
/// values are kept under the one and read by the other.
public record OwnField(
    long id, String about, Naming naming, Shape shape, Use use, boolean retired, long revision) {

  public record Naming(String key, String label, String help) {}

  /// @param options of a choice, what can be chosen
  /// @param former of a choice, what could be once and may still be the value of some
  /// @param currency of an amount of money
  /// @param refersTo of a reference, the kind of subject it leads to
  public record Shape(
      FieldKind kind,
      List<String> options,
      List<String> former,
      @Nullable String currency,
      @Nullable String refersTo) {
    public Shape {
      options = List.copyOf(options);
      former = List.copyOf(former);
    }
  }

  /// @param sorts for which sorts of the subject it is asked; empty for all
  public record Use(
      Required required, List<String> sorts, boolean visibleToCustomer, int position) {
    public Use {
      sorts = List.copyOf(sorts);
    }
  }

  /// When there has to be a value.
  public enum Required {
    NEVER("No"),
    SETTLING("Before it is settled"),
    ALWAYS("Always");

    private final String label;

    Required(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public String key() {
    return naming.key();
  }

  public String label() {
    return naming.label();
  }

  public FieldKind kind() {
    return shape.kind();
  }

  /// Whether it is asked of a subject of that sort; an unknown sort is asked what all are.
  public boolean isAskedOf(String sort) {
    return !retired && (use.sorts().isEmpty() || use.sorts().contains(sort));
  }
}
