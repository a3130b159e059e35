package dev.evergreen.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.desk.web.WebTest;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.ticket.Attachment;
import dev.evergreen.server.ticket.Conversation;
import dev.evergreen.server.ticket.Note;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.transfer.vendor.Sources;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/// What was exported and is imported again is the same.
class ExportTest extends WebTest {
  @Autowired Takeover takeover;
  @Autowired Sources sources;
  @Autowired Export export;
  @Autowired Tickets tickets;

  @Test
  void what_was_exported_comes_back_the_same() throws IOException {
    take("first", Bundle.of(List.of(file("zammad.json"))), Format.ZAMMAD);
    take("first-o", Bundle.of(List.of(file("osticket.json"))), Format.OSTICKET);
    var out = new ByteArrayOutputStream();

    export.write(out);
    var lines = out.toByteArray();
    var run =
        take(
            "second", Bundle.of("export", () -> new ByteArrayInputStream(lines)), Format.EVERGREEN);

    assertThat(run.tally().numbers().failed()).isZero();
    for (var id : List.of("21", "22")) {
      same(Objects.requireNonNull(takeover.taken("first", id)).value());
    }
    same(Objects.requireNonNull(takeover.taken("first-o", "12")).value());
  }

  @Test
  void each_line_is_an_object_of_a_kind_and_the_last_one_counts_them() throws IOException {
    take("counted", Bundle.of(List.of(file("zammad.json"))), Format.ZAMMAD);
    var out = new ByteArrayOutputStream();

    var written = export.write(out);

    var mapper = JsonMapper.builder().build();
    var lines = out.toString(StandardCharsets.UTF_8).lines().map(mapper::readTree).toList();
    assertThat(lines).allSatisfy(line -> assertThat(line.path("kind").asString()).isNotEmpty());
    assertThat(lines.getFirst().path("kind").asString()).isEqualTo("export");
    assertThat(lines.getLast().path("tickets").asLong()).isEqualTo(written.tickets());
    assertThat(lines.stream().filter(line -> line.path("kind").asString().equals("ticket")))
        .hasSize((int) written.tickets());
  }

  private void same(long number) {
    var one = tickets.withId(new dev.evergreen.server.ticket.TicketId(number)).orElseThrow();
    var other =
        tickets.withId(Objects.requireNonNull(takeover.taken("second", "" + number))).orElseThrow();
    assertThat(told(other)).isEqualTo(told(one));
    var before = tickets.visibleTo(ines()).conversation(one);
    var after = tickets.visibleTo(ines()).conversation(other);
    assertThat(said(after)).isEqualTo(said(before));
    assertThat(after.notes())
        .extracting(Note::text)
        .isEqualTo(before.notes().stream().map(Note::text).toList());
    assertThat(kinds(after)).startsWith(kinds(before).toArray(String[]::new));
  }

  private static List<Object> told(Ticket ticket) {
    var state = ticket.state();
    return List.of(
        ticket.subject(),
        ticket.origin(),
        state.status(),
        state.priority(),
        state.category(),
        state.outcome(),
        state.sorted().tags(),
        state.sorted().fields(),
        ticket.assignment(),
        ticket.moments().openedAt(),
        ticket.moments().updatedAt(),
        "" + ticket.moments().answeredAt(),
        "" + ticket.moments().closedAt());
  }

  private static List<String> said(Conversation conversation) {
    return conversation.messages().stream()
        .map(message ->
            "%s %s %s %s %s %s %s"
                .formatted(
                    message.author(),
                    message.incoming(),
                    message.at(),
                    message.body().text(),
                    message.body().html(),
                    message.body().foldAt(),
                    message.body().attachments().stream().map(Attachment::name).toList()))
        .toList();
  }

  private static List<String> kinds(Conversation conversation) {
    return conversation.entries().stream()
        .filter(entry -> !entry.kind().equals("ticket.imported"))
        .map(Ledger.Entry::kind)
        .toList();
  }

  private Takeover.Run take(String source, Bundle bundle, Format format) throws IOException {
    var run = takeover.prepare(new Takeover.Order(source, source, Map.of(), false, ines().actor()));
    try (bundle;
        var opened = sources.open(bundle, format)) {
      run.read(opened, Batches.After.NOTHING);
    }
    return run;
  }

  private static Path file(String name) {
    return Path.of("src/test/resources/imports", name);
  }
}
