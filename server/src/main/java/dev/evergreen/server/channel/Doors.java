package dev.evergreen.server.channel;

import dev.evergreen.server.channel.Participants.State;
import dev.evergreen.server.channel.mime.Headers;
import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.relation.Merges;
import dev.evergreen.server.ticket.side.FoundSides;
import dev.evergreen.server.ticket.side.SideId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Where a mail may go in. There is one way into a ticket: a token of ours, issued to the address
/// that the mail is from, or to another address of the same customer. So everybody in copy comes in
/// by the letter that was theirs, and speaks as nobody else; who was taken out stays outside. Where
/// the token stands (the address written to, or a message id referred to) makes no difference;
/// ticket numbers, subjects, unknown ids and our own header fields in a stranger's mail mean
/// nothing. The door of a ticket that was merged leads to the one that it lives on in. Side
/// conversations have doors of their own, each for the one address that it is with.
@Component
class Doors {
  static final Pattern OUR_ID = Pattern.compile("(?i)(\\d{1,18})\\.([a-z2-7]{36})@[^@]{1,255}");

  private final ReplyTokens tokens;
  private final Customers customers;
  private final Tickets tickets;
  private final Merges merges;
  private final Participants participants;
  private final FoundSides sides;

  Doors(
      ReplyTokens tokens,
      Customers customers,
      Tickets tickets,
      Merges merges,
      Participants participants,
      FoundSides sides) {
    this.tokens = tokens;
    this.customers = customers;
    this.tickets = tickets;
    this.merges = merges;
    this.participants = participants;
    this.sides = sides;
  }

  /// What the tokens in a mail are worth in its sender's hands: the first that opens something
  /// counts, and the address written to comes before what is referred to.
  ///
  /// @param sender the customer who writes, looked for only where a ticket is asked for
  Door of(Envelope envelope, Headers headers, EmailAddress from, Supplier<Customer> sender) {
    Door best = new Door.None();
    for (ReplyTokens.Token token : tokensIn(envelope, headers)) {
      Door door = token.isSide() ? ofSide(token, from) : ofTicket(token, sender.get());
      switch (door) {
        case Door.Own _, Door.Side _ -> {
          return door;
        }
        case Door.Strange _ -> best = door;
        case Door.None _ -> {}
      }
    }
    return best;
  }

  private Door ofTicket(ReplyTokens.Token token, Customer sender) {
    return tickets
        .withId(new TicketId(token.number()))
        .map(ticket -> door(ticket, token, sender))
        .orElseGet(Door.None::new);
  }

  private Door door(Ticket ticket, ReplyTokens.Token token, Customer sender) {
    var known = participants.of(ticket.id());
    if (isFor(sender.addresses(), token) && !isRemoved(sender, ticket, known)) {
      return new Door.Own(merges.current(ticket.id()));
    }
    return isFor(sender.addresses(), token)
            || isFor(known.keySet(), token)
            || isFor(addressesOf(ticket.customer()), token)
        ? new Door.Strange(merges.current(ticket.id()))
        : new Door.None();
  }

  private static boolean isRemoved(Customer sender, Ticket ticket, Map<String, State> known) {
    return !ticket.customer().equals(sender.id())
        && sender.addresses().stream().anyMatch(address -> known.get(address) == State.REMOVED);
  }

  private Collection<String> addressesOf(CustomerId customer) {
    return customers.withId(customer).map(Customer::addresses).orElseGet(List::of);
  }

  private Door ofSide(ReplyTokens.Token token, EmailAddress from) {
    return sides
        .withId(new SideId(token.number()))
        .filter(side -> tokens.belongsTo(token, side.partner().address()))
        .<Door>map(side ->
            side.partner().address().equals(from)
                ? new Door.Side(side)
                : new Door.Strange(merges.current(side.ticket())))
        .orElseGet(Door.None::new);
  }

  private boolean isFor(Collection<String> addresses, ReplyTokens.Token token) {
    return addresses.stream()
        .map(EmailAddress::parse)
        .flatMap(Optional::stream)
        .anyMatch(address -> tokens.belongsTo(token, address));
  }

  private List<ReplyTokens.Token> tokensIn(Envelope envelope, Headers headers) {
    var found = new ArrayList<String>();
    envelope.recipients().forEach(to -> OwnAddresses.tokenIn(to).ifPresent(found::add));
    headers
        .addresses("To", "Cc", "Delivered-To", "X-Original-To")
        .forEach(to -> OwnAddresses.tokenIn(to.address()).ifPresent(found::add));
    Stream.of("In-Reply-To", "References")
        .flatMap(name -> headers.ids(name).stream())
        .map(OUR_ID::matcher)
        .filter(Matcher::matches)
        .forEach(id -> found.add(id.group(2)));
    return found.stream().distinct().map(tokens::read).flatMap(Optional::stream).toList();
  }
}
