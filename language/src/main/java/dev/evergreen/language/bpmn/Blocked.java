package dev.evergreen.language.bpmn;

import dev.evergreen.language.bpmn.Bpmn.Obstacle;
import dev.evergreen.language.bpmn.Graph.Vertex;

/// Ends the reading of one scope of a model: what comes after cannot be made sense of.
final class Blocked extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Obstacle obstacle;

  Blocked(Obstacle obstacle) {
    super(obstacle.toString());
    this.obstacle = obstacle;
  }

  Blocked(Vertex at, String why, String remedy) {
    this(new Obstacle(at.kind(), at.id(), why, remedy));
  }

  Obstacle obstacle() {
    return obstacle;
  }
}
