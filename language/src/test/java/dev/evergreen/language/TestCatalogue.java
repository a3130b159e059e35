package dev.evergreen.language;

import dev.evergreen.engine.ValueType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A small vocabulary of the shape that the product's modules offer.
final class TestCatalogue implements Vocabulary {
  static final Catalogue CATALOGUE = Catalogue.of(List.of(new TestCatalogue()));

  enum Priority {
    LOW,
    NORMAL,
    HIGH,
    URGENT
  }

  enum Status {
    NEW,
    OPEN,
    ON_HOLD,
    CLOSED
  }

  enum Solution {
    NONE,
    OFFERED,
    CONFIRMED,
    REJECTED
  }

  record Send(@Input(value = "Which text", text = true) String template) {}

  record Update(
      @Nullable String category,
      @Nullable Priority priority,
      @Nullable Solution solution,
      @Nullable Boolean answered,
      @Nullable Long tries) {}

  record Close(@Input("Why") String outcome) {}

  record Assign(String team) {}

  record Nothing() {}

  record Ticket(
      long number,
      String subject,
      Status status,
      Priority priority,
      String category,
      Solution solution,
      boolean answered,
      double sentiment,
      Instant openedAt) {}

  record Customer(String name, String email) {}

  @Override
  public List<ActionType> actions() {
    var order = Parameter.of("order_number", "The order", new ValueType.Text());
    return List.of(
        ActionType.of("message.send", "Sends a text", Send.class),
        ActionType.of("ticket.update", "Changes the ticket", Update.class),
        ActionType.of("ticket.assign", "Hands the ticket over", Assign.class),
        ActionType.of("ticket.close", "Closes the ticket", Close.class),
        ActionType.of("phone.call", "Calls the customer", Nothing.class).notRepeatable(),
        ActionType.of("order.find", "Finds the order", Nothing.class, order),
        ActionType.of("survey.send", "Asks for a score", Nothing.class));
  }

  @Override
  public List<EventType> events() {
    var score = Parameter.of("score", "From 1 to 5", new ValueType.Whole());
    return List.of(
        EventType.of("ticket.opened", "ticket", "A ticket came"),
        EventType.of("ticket.reopened", "ticket", "A ticket came back"),
        EventType.of("ticket.closed", "ticket", "A ticket was closed"),
        EventType.of("ticket.part-arrived", "ticket", "The spare part came"),
        EventType.byCustomer("ticket.customer-replied", "ticket", "The customer wrote again"),
        EventType.byCustomer("ticket.solution-confirmed", "ticket", "The customer is content"),
        EventType.byCustomer("ticket.solution-rejected", "ticket", "The customer is not"),
        EventType.byCustomer(
            "feedback.survey-answered", "ticket", "The customer gave a score", score),
        EventType.of("order.shipped", "order", "A parcel left"));
  }

  @Override
  public List<FactType> facts() {
    return List.of(
        FactType.of("ticket", "ticket", "The ticket", Ticket.class),
        FactType.of("customer", "ticket", "Who asks", Customer.class));
  }

  @Override
  public List<MessageText> texts() {
    return List.of(
        text("acknowledge"),
        text("ask-for-details"),
        new MessageText("is-it-solved", "Tell us: {{ links.confirm }}"),
        text("closed-after-silence"),
        text("closed-without-details"),
        new MessageText("parcel-sent", "Your parcel: {{ order.parcel }}"),
        text("thank-you"));
  }

  @Override
  public List<FactType> textValues() {
    var confirm = Parameter.of("confirm", "Where to confirm", new ValueType.Text());
    return List.of(FactType.of("links", "", "Links", confirm));
  }

  private static MessageText text(String name) {
    return new MessageText(name, "Hello {{ customer.name }}");
  }
}
