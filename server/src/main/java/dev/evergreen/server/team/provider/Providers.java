package dev.evergreen.server.team.provider;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Kept;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Secrets;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Roles;
import dev.evergreen.server.team.TeamId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The provider that an administrator has connected, if any. It is asked what it is before it is
/// saved, so that a sentence says what is wrong to the one who can mend it.
@Component
public class Providers {
  private static final int LONGEST = 500;

  private final JdbcClient database;
  private final Discovery discovery;
  private final Secrets secrets;
  private final Roles roles;
  private final DatabaseClock clock;
  private final Kept<Optional<Provider>> current = new Kept<>(this::stored);

  Providers(
      JdbcClient database, Discovery discovery, Secrets secrets, Roles roles, DatabaseClock clock) {
    this.database = database;
    this.discovery = discovery;
    this.secrets = secrets;
    this.roles = roles;
    this.clock = clock;
  }

  /// What an administrator wants of it.
  ///
  /// @param secret empty to keep the one that is there
  public record Wanted(
      String name,
      Provider.Client client,
      String secret,
      boolean active,
      Provider.Admission admission) {}

  /// The one that is connected, whether people may come by it or not.
  public Optional<Provider> connected() {
    return current.get();
  }

  /// The one that people may come by.
  public Optional<Provider> open() {
    return connected().filter(Provider::active);
  }

  private Optional<Provider> stored() {
    return database
        .sql("select * from sign_in_provider where id = 1")
        .query(Providers::read)
        .optional();
  }

  /// Looks at the provider and connects it, or says why it cannot be. Revisions begin with the
  /// time, so that none means another provider again after this one was disconnected.
  ///
  /// @param seen the revision that was changed; 0 when there was none
  public Outcome<Provider> save(Wanted wanted, long seen) {
    var wrong = objection(wanted);
    if (wrong.isPresent()) {
      return Outcome.rejected(Reason.INVALID, wrong.get());
    }
    return discovery.look(wanted.client().issuer()).then(said -> store(wanted, said, seen));
  }

  private Optional<String> objection(Wanted wanted) {
    var admission = wanted.admission();
    if (wanted.name().isBlank() || wanted.name().length() > 60) {
      return Optional.of("Expected a name of 1 to 60 letters, for the button.");
    }
    if (wanted.client().id().isBlank()
        || Stream.of(
                wanted.client().id(),
                wanted.secret(),
                admission.claim().name(),
                admission.claim().value())
            .anyMatch(text -> text.length() > LONGEST)) {
      return Optional.of("Expected the client id that the provider gave, of at most 500 letters.");
    }
    var domain =
        admission.domains().stream()
            .filter(one -> !one.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+"))
            .findFirst();
    if (domain.isPresent()) {
      return Optional.of(
          "Expected domains such as example.com, but found “%s”.".formatted(domain.get()));
    }
    if (admission.claim().isAsked() != !admission.claim().value().isEmpty()) {
      return Optional.of("Expected both what the provider must say and its value, or neither.");
    }
    var newcomers = admission.newcomers();
    return newcomers == null
            || roles.offered().stream()
                .filter(role -> !role.may(Permission.ADMINISTER))
                .anyMatch(role -> role.key().equals(newcomers.role()))
        ? Optional.empty()
        : Optional.of("Expected a role for newcomers that does not administer.");
  }

  @Transactional
  Outcome<Provider> store(Wanted wanted, String configuration, long seen) {
    var admission = wanted.admission();
    var newcomers = admission.newcomers();
    var sealed =
        wanted.secret().isEmpty()
            ? null
            : secrets
                .sealer(Provider.KEY)
                .seal(wanted.secret().getBytes(StandardCharsets.UTF_8), wanted.client().issuer());
    var saved =
        database
            .sql(
                """
                insert into sign_in_provider (
                  name, issuer, client_id, secret, configuration, looked_at, active, domains,
                  claim, claim_value, links_by_address, newcomer_role, newcomer_teams, revision)
                values (
                  :name, :issuer, :client, :secret, :configuration, :now, :active, :domains,
                  :claim, :value, :links, :role, :teams,
                  cast(extract(epoch from clock_timestamp()) * 1000 as bigint))
                on conflict (id) do update set
                  name = excluded.name,
                  issuer = excluded.issuer,
                  client_id = excluded.client_id,
                  secret = coalesce(
                    excluded.secret,
                    case when sign_in_provider.issuer = excluded.issuer
                      then sign_in_provider.secret end),
                  configuration = excluded.configuration,
                  looked_at = excluded.looked_at,
                  active = excluded.active,
                  domains = excluded.domains,
                  claim = excluded.claim,
                  claim_value = excluded.claim_value,
                  links_by_address = excluded.links_by_address,
                  newcomer_role = excluded.newcomer_role,
                  newcomer_teams = excluded.newcomer_teams,
                  revision = sign_in_provider.revision + 1
                where sign_in_provider.revision = :seen
                returning *
                """)
            .param("name", wanted.name().strip())
            .param("issuer", wanted.client().issuer())
            .param("client", wanted.client().id().strip())
            .param("secret", sealed, java.sql.Types.BINARY)
            .param("configuration", configuration)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("active", wanted.active())
            .param("domains", admission.domains().toArray(String[]::new))
            .param("claim", admission.claim().name())
            .param("value", admission.claim().value())
            .param("links", admission.linksByAddress())
            .param("role", newcomers == null ? null : newcomers.role(), java.sql.Types.VARCHAR)
            .param(
                "teams",
                newcomers == null
                    ? new Long[0]
                    : newcomers.teams().stream().map(TeamId::value).toArray(Long[]::new))
            .param("seen", seen)
            .query(Providers::read)
            .optional();
    current.changed();
    return saved
        .<Outcome<Provider>>map(Outcome::accepted)
        .orElseGet(() ->
            Outcome.rejected(Reason.OUTDATED, "Somebody changed this meanwhile; look again."));
  }

  /// Nobody comes by it any more, and who came by it is forgotten with it.
  @Transactional
  public void disconnect() {
    connected()
        .ifPresent(provider ->
            database
                .sql("delete from provider_account where issuer = :issuer")
                .param("issuer", provider.client().issuer())
                .update());
    database.sql("delete from sign_in_provider where id = 1").update();
    current.changed();
  }

  /// By what we prove to the provider who we are; empty for a client without a secret.
  String secret(Provider provider) {
    return database
        .sql("select secret from sign_in_provider where id = 1 and secret is not null")
        .query((row, _) -> row.getBytes("secret"))
        .optional()
        .map(sealed ->
            new String(
                secrets.sealer(Provider.KEY).open(sealed, provider.client().issuer()),
                StandardCharsets.UTF_8))
        .orElse("");
  }

  private static Provider read(ResultSet row, int number) throws SQLException {
    var role = row.getString("newcomer_role");
    var teams =
        Stream.of((Long[]) row.getArray("newcomer_teams").getArray()).map(TeamId::new).toList();
    return new Provider(
        row.getString("name"),
        new Provider.Client(row.getString("issuer"), row.getString("client_id")),
        row.getString("configuration"),
        row.getBytes("secret") != null,
        row.getBoolean("active"),
        new Provider.Admission(
            List.of((String[]) row.getArray("domains").getArray()),
            new Provider.Claim(row.getString("claim"), row.getString("claim_value")),
            row.getBoolean("links_by_address"),
            role == null ? null : new Provider.Newcomers(role, teams)),
        row.getLong("revision"));
  }

  /// Domains as they were typed, between commas or blanks.
  public static List<String> domains(String typed) {
    return Stream.of(typed.toLowerCase(Locale.ROOT).split("[,;\\s]+"))
        .map(one -> one.replaceFirst("^@", ""))
        .filter(one -> !one.isEmpty())
        .distinct()
        .toList();
  }
}
