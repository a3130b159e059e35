package dev.evergreen.server.customer;

/// A priority that some customers have above the others, `vip` for example.
public record Level(String key, String name, int rank) {
  /// What conditions read of somebody without one.
  public static final String NORMAL = "normal";
}
