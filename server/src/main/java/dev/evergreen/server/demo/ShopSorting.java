package dev.evergreen.server.demo;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.field.FieldKind;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Tags;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.TicketType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/// How the demo's company sorts its tickets: what it has set up for that, and what its agents say
/// of some tickets when they read them. Drawn from the story's number, so that the stories
/// themselves stay as they are.
@Component
@ConditionalOnBooleanProperty("evergreen.demo")
class ShopSorting {
  private static final List<String> LINES =
      List.of("Tents", "Boots", "Packs", "Stoves", "Clothing");
  private static final List<String> TAGS =
      List.of("before-a-trip", "warranty", "sizing", "delivery", "season-start", "press");

  private final OwnFields definitions;
  private final Statuses statuses;
  private final Sorting sorting;
  private final Tags tags;
  private final TicketFields fields;

  ShopSorting(
      OwnFields definitions, Statuses statuses, Sorting sorting, Tags tags, TicketFields fields) {
    this.definitions = definitions;
    this.statuses = statuses;
    this.sorting = sorting;
    this.tags = tags;
    this.fields = fields;
  }

  void setUp() {
    define("product_line", "Product line", "", FieldKind.CHOICE, LINES, null, List.of());
    define(
        "order_number",
        "Order",
        "As printed on the receipt",
        FieldKind.TEXT,
        List.of(),
        null,
        List.of("request", "incident"));
    define("goodwill", "Goodwill", "", FieldKind.MONEY, List.of(), "EUR", List.of("incident"));
    statuses.add(Status.ON_HOLD, "In the workshop", "amber", Actor.SYSTEM).expected();
    statuses.add(Status.PENDING, "Waiting for the parcel", "amber", Actor.SYSTEM).expected();
  }

  private void define(
      String key,
      String label,
      String help,
      FieldKind kind,
      List<String> options,
      @Nullable String currency,
      List<String> types) {
    definitions
        .add(
            TicketFields.ABOUT,
            new OwnField.Naming(key, label, help),
            new OwnField.Shape(kind, options, List.of(), currency, null),
            new OwnField.Use(OwnField.Required.NEVER, types, false, 0),
            Actor.SYSTEM)
        .expected();
  }

  /// What whoever reads it says of it: of some the type, of few more.
  void sort(Story story, Agent reader) {
    int lot = Math.floorMod(story.plan().number() * 7_919, 100);
    var labels = story.plan().scenario().labels();
    if (lot < 36) {
      var type =
          switch (labels.category()) {
            case "technical" -> TicketType.INCIDENT;
            case "refund" -> TicketType.REQUEST;
            case "feedback" -> TicketType.FEEDBACK;
            default -> TicketType.QUESTION;
          };
      sorting.update(
          story.ticket(),
          new Changes(null, null, null, type, labels.angry() ? Severity.MAJOR : null, null),
          reader.actor());
    }
    if (lot % 11 == 0) {
      tags.add(story.ticket(), TAGS.get(lot / 11 % TAGS.size()), reader.actor()).expected();
    }
    if (lot % 13 == 0) {
      fields
          .set(story.ticket(), "product_line", LINES.get(lot % LINES.size()), reader.actor())
          .expected();
    }
  }
}
