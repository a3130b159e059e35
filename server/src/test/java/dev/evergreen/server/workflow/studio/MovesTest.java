package dev.evergreen.server.workflow.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.language.WorkflowText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovesTest {
  private static final WorkflowText TEXT =
      WorkflowText.of(
              """
              steps:
                - do: One
                - wait: ticket.closed
                  at most: 1 day
                  else:
                    - do: Inside
                    - do: Last inside
                - do: Three
                - wait: 1 day
                - do: Five
              """)
          .orElseThrow();

  @ParameterizedTest
  @CsvSource({
    "1, down, One, 2",
    "2, up, , 1",
    "3, in, Three, 2.else.3",
    "2.else.1, down, Inside, 2.else.2",
    "2.else.1, out, Inside, 3",
    "2.else.2, out, Last inside, 3",
    "5, up, Five, 4",
  })
  void a_step_is_found_where_it_was_moved_to(String id, String to, String title, String expected) {
    Moves.Target target = Moves.target(TEXT, id, to).orElseThrow();
    WorkflowText moved = TEXT.move(id, target.list(), target.position());

    assertThat(target.idOf(id)).isEqualTo(expected);
    WorkflowText.Part part = moved.part(expected).orElseThrow();
    if (title != null) {
      assertThat(part.values().get("do")).isEqualTo(title);
    } else {
      assertThat(part.kind()).isEqualTo("wait");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, up", "5, down", "1, in", "1, out", "2.else.2, down", "3, elsewhere"})
  void there_is_not_always_a_place(String id, String to) {
    assertThat(Moves.target(TEXT, id, to)).isEmpty();
  }

  @Test
  void a_step_that_moves_into_a_later_block_counts_itself_out() {
    var target = new Moves.Target("2.else", 1);

    WorkflowText moved = TEXT.move("1", target.list(), target.position());

    assertThat(target.idOf("1")).isEqualTo("1.else.2");
    assertThat(moved.part("1.else.2").orElseThrow().values().get("do")).isEqualTo("One");
  }
}
