package dev.evergreen.server.workflow;

import dev.evergreen.engine.DoStep;
import dev.evergreen.language.Responsibility;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.AgentId;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Whom a step is asked of, as it is now.
@Component
final class Responsibilities {
  private final List<Responsibility> responsibilities;

  Responsibilities(ObjectProvider<Responsibility> responsibilities) {
    this.responsibilities = responsibilities.orderedStream().toList();
  }

  Task.Assignee assignee(DoStep.Assignee by, Subject subject) {
    return switch (by) {
      case DoStep.Assignee.Team team -> new Task.Assignee(team.key(), null);
      // A team's queue is what waits for it: its open tasks that no one person is asked alone.
      case DoStep.Assignee.Queue queue -> new Task.Assignee(queue.key(), null);
      case DoStep.Assignee.Responsible _ -> responsibleFor(subject);
      case DoStep.Assignee.Person person ->
          new Task.Assignee(null, new AgentId(Long.parseLong(person.id())));
    };
  }

  Task.Assignee responsibleFor(Subject subject) {
    for (Responsibility responsibility : responsibilities) {
      if (responsibility.subjectKind().equals(subject.kind())) {
        OptionalLong agent = responsibility.agentFor(subject.id());
        return new Task.Assignee(
            responsibility.teamFor(subject.id()).orElse(null),
            agent.isPresent() ? new AgentId(agent.getAsLong()) : null);
      }
    }
    return new Task.Assignee(null, null);
  }
}
