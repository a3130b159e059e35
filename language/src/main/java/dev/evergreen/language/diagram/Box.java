package dev.evergreen.language.diagram;

/// A rectangle on the drawing, in pixels.
record Box(int x, int y, int width, int height) {
  int right() {
    return x + width;
  }

  int bottom() {
    return y + height;
  }

  Box shifted(int right, int down) {
    return new Box(x + right, y + down, width, height);
  }

  boolean meets(Box other) {
    return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
  }

  boolean contains(Box other) {
    return x <= other.x && y <= other.y && other.right() <= right() && other.bottom() <= bottom();
  }
}
