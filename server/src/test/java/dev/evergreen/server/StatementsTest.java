package dev.evergreen.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every SQL statement that stands in the sources is one that the real database understands, and
/// none of them reads a table from end to end that grows with the years.
///
/// Sequential scans are switched off, so the planner takes one only where no index can serve.
class StatementsTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern TEXT =
      Pattern.compile("\"\"\"\\n(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);
  private static final Pattern STATEMENT =
      Pattern.compile("\\s*(?:select|insert into|update|delete from|with)\\s.*", Pattern.DOTALL);
  private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([a-zA-Z]\\w*)");
  private static final Pattern SCAN = Pattern.compile("Seq Scan on (\\w+)");

  /// Tables of settings and of people and things that a team has a few of. All others grow.
  private static final Set<String> SMALL =
      Set.of(
          "agent",
          "canned_response",
          "clock_offset",
          "customer_level",
          "founding",
          "invitation",
          "ledger_epoch",
          "ledger_reader",
          "macro",
          "mailbox",
          "membership",
          "own_field",
          "priority_rule",
          "reopen_policy",
          "retention_rule",
          "schema_hash",
          "secret",
          "segment",
          "setting",
          "team",
          "role",
          "settings_change",
          "sign_in_provider",
          "ticket_code",
          "ticket_status",
          "webhook",
          "workflow",
          "workflow_version");

  /// Beginnings that are only put together to a statement where they stand.
  private static final Set<String> FRAGMENTS =
      Set.of(
          "select pg_advisory_lock(",
          "select pg_advisory_unlock(",
          "select from %s limit 0",
          "select to_jsonb(%1$s) - cast(:left as text[]) as json from %1$s",
          "select count(*) from %s where %s",
          "select to_jsonb(%1$s) - cast(:hidden as text[]) as json, %2$s as file from %1$s where %3$s",
          "update %s set %s where %s",
          "update ticket set (",
          "delete from %s where %s",
          "select attachment.* from attachment",
          "select id from written order by id",
          "with");

  @Test
  void each_statement_is_understood_and_finds_its_rows_by_an_index()
      throws IOException, SQLException {
    Map<String, String> statements = statements();
    var wrong = new ArrayList<String>();
    // Only as one plain text may a statement have parameters that nobody gives.
    String url = TestDatabase.create().url() + "&preferQueryMode=simple";
    try (var connection = DriverManager.getConnection(url);
        var switches = connection.createStatement()) {
      switches.execute("set enable_seqscan = off");
      statements.forEach((sql, file) -> wrong.addAll(problems(connection, file, sql)));
    }

    assertThat(statements).hasSizeGreaterThan(150);
    assertThat(wrong).isEmpty();
  }

  private static List<String> problems(Connection connection, String file, String sql) {
    var problems = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var plan = statement.executeQuery("explain (generic_plan) " + numbered(sql))) {
      while (plan.next()) {
        var scan = SCAN.matcher(plan.getString(1));
        if (scan.find() && !SMALL.contains(scan.group(1).replaceFirst("_\\d+$", ""))) {
          problems.add(file + " reads all of " + scan.group(1) + ": " + sql);
        }
      }
    } catch (SQLException e) {
      problems.add(file + ": " + e.getMessage() + "\n" + sql);
    }
    return problems;
  }

  /// The statement with numbers for its parameters.
  private static String numbered(String sql) {
    var numbers = new LinkedHashMap<String, Integer>();
    return PARAMETER
        .matcher(sql.replaceAll("(where|and) %s", "$1 true").replaceAll(" and$", ""))
        .replaceAll(
            found -> "\\$" + numbers.computeIfAbsent(found.group(1), _ -> numbers.size() + 1));
  }

  /// All statements by their text, with the file that each stands in.
  private static Map<String, String> statements() throws IOException {
    var statements = new LinkedHashMap<String, String>();
    try (var files = Files.walk(SOURCES)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).sorted().toList()) {
        var texts = TEXT.matcher(Files.readString(file));
        while (texts.find()) {
          String text = texts.group(1) == null ? texts.group(2) : texts.group(1);
          if (STATEMENT.matcher(text).matches() && !FRAGMENTS.contains(text.strip())) {
            statements.put(text.strip(), SOURCES.relativize(file).toString());
          }
        }
      }
    }
    return statements;
  }
}
