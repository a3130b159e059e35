package dev.evergreen.server.team;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How often somebody may try to sign in, counted over all nodes: leaky buckets, one per account
/// name that was typed (whether it exists or not) and one per network address. A try fills both
/// before it is looked at, so tries at the same moment cannot slip through; a successful one
/// empties the account's again and takes back what it put into the address's, because a whole
/// company may come to work behind one address.
@Component
class SignInLimits {
  /// Whose bucket ran over.
  enum Exhausted {
    ACCOUNT,
    ADDRESS
  }

  private record Bucket(Exhausted kind, String name, double size, double leaksPerSecond) {
    byte[] key() {
      return Token.sha256(name);
    }
  }

  private final JdbcClient database;

  SignInLimits(JdbcClient database) {
    this.database = database;
  }

  /// Counts a try. Ten for an account, then one a minute; sixty for an address, then six a minute.
  Set<Exhausted> count(String account, String address) {
    return count(List.of(account(account), address(address)));
  }

  /// Counts a request for a link: three for an account, then three an hour; by address as above.
  Set<Exhausted> countReset(String account, String address) {
    return count(
        List.of(
            new Bucket(Exhausted.ACCOUNT, "reset " + account, 3, 1 / 1200.0), address(address)));
  }

  /// Counts a code for an agent's second step: five, then four an hour. Whoever knows the password
  /// and guesses for a year gets in with a chance of one in ten.
  boolean countCode(AgentId agent) {
    return fill(code(agent));
  }

  private static Bucket code(AgentId agent) {
    return new Bucket(Exhausted.ACCOUNT, "code " + agent.value(), 5, 1 / 900.0);
  }

  private Set<Exhausted> count(List<Bucket> buckets) {
    return buckets.stream()
        .filter(bucket -> !fill(bucket))
        .map(Bucket::kind)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Bucket account(String account) {
    return new Bucket(Exhausted.ACCOUNT, "account " + account, 10, 1 / 60.0);
  }

  private static Bucket address(String address) {
    return new Bucket(Exhausted.ADDRESS, "address " + address, 60, 0.1);
  }

  private boolean fill(Bucket bucket) {
    return database
            .sql(
                """
                insert into sign_in_limit as known (key, level, filled_at)
                values (:key, 1, now())
                on conflict (key) do update
                set
                  level = greatest(
                    0, known.level - extract(epoch from now() - known.filled_at) * :leak) + 1,
                  filled_at = now()
                where greatest(
                    0, known.level - extract(epoch from now() - known.filled_at) * :leak) + 1
                  <= :size
                """)
            .param("key", bucket.key())
            .param("leak", bucket.leaksPerSecond())
            .param("size", bucket.size())
            .update()
        == 1;
  }

  /// Forgets the codes that an agent got wrong.
  void forgetCodes(AgentId agent) {
    forget(code(agent));
  }

  /// Forgets an account's failures, this try from an address, and some buckets that have long run
  /// dry. What others tried from there stays counted.
  void forget(String account, String address) {
    forget(account(account));
    database
        .sql("update sign_in_limit set level = greatest(0, level - 1) where key = :key")
        .param("key", address(address).key())
        .update();
  }

  private void forget(Bucket bucket) {
    database
        .sql(
            """
            delete from sign_in_limit
            where key = any(
              array[cast(:key as bytea)] || array(
                select key from sign_in_limit
                where filled_at < now() - interval '1 day'
                order by filled_at limit 100 for update skip locked))
            """)
        .param("key", bucket.key())
        .update();
  }
}
