package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.team.Visitor;
import java.time.Duration;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A node holds no truth: with two of them on one PostgreSQL, killing either stops nothing.
@Tag("fault")
class TwoNodesTest {
  private final Pair pair = Pair.ready();

  @Test
  void what_one_node_acknowledged_another_goes_on_with() {
    var agent = pair.installation.hire("theo");
    var customers = new Sender("Power cut");
    try (var visitor = Installation.signedIn(agent, pair.first.node())) {
      assertThat(visitor.get("/tickets?view=all").statusCode()).isEqualTo(200);
      visitor.turnTo(pair.second.node().port());
      assertThat(visitor.get("/tickets?view=all").statusCode()).isEqualTo(200);

      for (int number = 1; number <= 20; number++) {
        assertThat(customers.send(pair.first.node(), number, "")).isTrue();
      }
      pair.first.node().kill();
      assertThat(subjects(visitor, "Power cut 20")).contains("Power cut 1", "Power cut 20");

      assertThat(customers.send(pair.second.node(), 21, "")).isTrue();
      assertThat(subjects(visitor, "Power cut 21")).contains("Power cut 21");
    }
  }

  /// The subjects in the list as the agent sees it once the given one stands there.
  private static List<String> subjects(Visitor agent, String awaited) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      var page = Jsoup.parse(agent.get("/tickets?view=all").body());
      var subjects = page.select(".row-ticket .what").eachText();
      if (subjects.contains(awaited) || System.nanoTime() > end) {
        return subjects;
      }
      Node.pause(300);
    }
  }
}
