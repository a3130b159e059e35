package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Erasures;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Puts together what is known about one person.
@Component
public class Dossiers {
  private final Customers customers;
  private final Identities identities;
  private final CustomerFields fields;
  private final Groups groups;
  private final Consents consents;
  private final Doubles doubles;
  private final Erasures erasures;

  Dossiers(
      Customers customers,
      Identities identities,
      CustomerFields fields,
      Groups groups,
      Consents consents,
      Doubles doubles,
      Erasures erasures) {
    this.customers = customers;
    this.identities = identities;
    this.fields = fields;
    this.groups = groups;
    this.consents = consents;
    this.doubles = doubles;
    this.erasures = erasures;
  }

  /// Where people could belong and where somebody does.
  @Component
  record Groups(Levels levels, Segments segments) {
    Dossier.Belonging of(CustomerId id) {
      return new Dossier.Belonging(levels.all(), segments.all(), segments.of(id));
    }
  }

  /// Other records of perhaps the same person.
  @Component
  static final class Doubles {
    private final Likenesses likenesses;
    private final CustomerMerges merges;

    Doubles(Likenesses likenesses, CustomerMerges merges) {
      this.likenesses = likenesses;
      this.merges = merges;
    }

    Dossier.Doubles of(CustomerId id) {
      return new Dossier.Doubles(likenesses.of(id), merges.into(id));
    }
  }

  public Optional<Dossier> of(CustomerId id) {
    return customers
        .profile(id)
        .map(profile ->
            new Dossier(
                profile,
                identities.of(id),
                fields.of(CustomerFields.Holder.CUSTOMER, profile.customer().fields()),
                groups.of(id),
                consents.of(id),
                doubles.of(id),
                erasures.of(id.subject()).orElse(null)));
  }
}
