package dev.evergreen.server.workflow.web;

import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.VisibleSubjects;
import dev.evergreen.server.team.VisibleSubjects.Found;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// What runs are about, as whoever looks may see it: asked of the finder of each kind.
@Component
public class Subjects {
  private final List<VisibleSubjects> finders;

  Subjects(ObjectProvider<VisibleSubjects> finders) {
    this.finders = finders.orderedStream().toList();
  }

  public Optional<Found> find(Subject subject, Agent viewer) {
    return Optional.ofNullable(find(List.of(subject), viewer).get(subject));
  }

  /// Those of these that exist for this agent.
  public Map<Subject, Found> find(Collection<Subject> subjects, Agent viewer) {
    var found = new HashMap<Subject, Found>();
    for (VisibleSubjects finder : finders) {
      List<Long> ids =
          subjects.stream()
              .filter(subject -> subject.kind().equals(finder.kind()))
              .map(Subject::id)
              .distinct()
              .toList();
      if (!ids.isEmpty()) {
        finder.of(ids, viewer).values().forEach(one -> found.put(one.subject(), one));
      }
    }
    return found;
  }
}
