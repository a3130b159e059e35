package dev.evergreen.server.transfer;

import dev.evergreen.server.customer.CustomerFields.Holder;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Codes;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.TicketStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What there is here for foreign words to become: read once for an import, since it asks for each
/// of them for every ticket.
record House(
    List<Team> teams,
    List<TicketStatus> statuses,
    List<Code> categories,
    List<Code> outcomes,
    Map<Aspect, List<OwnField>> fields,
    Map<String, Optional<Agent>> agents,
    Agents register) {

  @Component
  record Reader(Teams teams, Statuses statuses, Codes codes, OwnFields fields, Agents agents) {
    House read() {
      return new House(
          teams.all(),
          statuses.all().offered(),
          codes.of(Code.List.CATEGORY),
          codes.of(Code.List.OUTCOME),
          Map.of(
              Aspect.FIELD,
              fields.of(TicketFields.ABOUT),
              Aspect.CUSTOMER_FIELD,
              fields.of(Holder.CUSTOMER.about()),
              Aspect.ORGANIZATION_FIELD,
              fields.of(Holder.ORGANIZATION.about())),
          new ConcurrentHashMap<>(),
          agents);
    }
  }

  /// The agent with that address, also one who has left.
  Optional<Agent> agent(Person person) {
    return agents.computeIfAbsent(
        person.address().strip().toLowerCase(Locale.ROOT),
        address -> EmailAddress.parse(address).flatMap(register::withEmail));
  }

  Optional<Team> team(String word) {
    return teams.stream()
        .filter(team -> team.key().equals(slug(word)) || team.name().equalsIgnoreCase(word.strip()))
        .findFirst();
  }

  Optional<TicketStatus> status(String word) {
    return statuses.stream()
        .filter(status -> status.name().equalsIgnoreCase(word.strip()))
        .findFirst();
  }

  static Optional<Code> code(List<Code> codes, String word) {
    return codes.stream()
        .filter(code -> code.key().equals(slug(word)) || code.name().equalsIgnoreCase(word.strip()))
        .findFirst();
  }

  /// The field of ours that a foreign one is called like.
  ///
  /// @param of whose fields
  Optional<OwnField> field(Aspect of, String word) {
    var key = slug(word).replace('-', '_').replaceFirst("^cf_", "");
    return offered(of)
        .filter(field -> field.key().equals(key) || field.label().equalsIgnoreCase(word.strip()))
        .findFirst();
  }

  Stream<OwnField> offered(Aspect of) {
    return fields.getOrDefault(of, List.of()).stream().filter(field -> !field.retired());
  }

  /// `On hold (3rd party)` as a key would be written: `on-hold-3rd-party`.
  static String slug(String word) {
    return word.strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", "-")
        .replaceAll("^-+|-+$", "");
  }
}
