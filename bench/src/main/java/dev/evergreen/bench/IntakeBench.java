package dev.evergreen.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.evergreen.bench.Wire.Traffic;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.function.LongSupplier;

/// How many requests come in a second: mails over SMTP, and tickets over the API. The whole product
/// takes them in this process, pages and background work included; beside it a bare client commits
/// the rows that one of them has made when nothing of it is left to do: its bytes, its ticket, its
/// words for search, its entries of the ledger, its run, its acknowledgement.
final class IntakeBench implements Bench.Measurement {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final int CALLERS = 8;
  private static final int MAILS = 4_000;
  private static final int CALLS = 4_000;
  private static final int FEW = 500;

  @Override
  public void run(Report report, Effort effort) throws Exception {
    boolean quick = effort.equals(Effort.QUICK);
    try (var scratch = Scratch.make();
        var database = new BenchDatabase(scratch.file("postgres"))) {
      var url = database.fresh("intake", "template0");
      Pattern mail;
      Pattern call;
      try (var house = new IntakeHouse(url, database.plainUrl("intake"), scratch.file("data"))) {
        house.takeMails(FEW, CALLERS);
        measure("mail", quick ? FEW : MAILS, house::takeMails, house, database, report);
        house.takeCalls(FEW, CALLERS);
        measure("API", quick ? FEW : CALLS, house::takeCalls, house, database, report);
        mail = Pattern.of(database.plainUrl("intake"), () -> house.takeMails(1, 1));
        call = Pattern.of(database.plainUrl("intake"), () -> house.takeCalls(1, 1));
      }
      var limit = new IntakeLimit(database.fresh("limit", "bench_intake"), CALLERS);
      limit.prepare();
      report(report, "mail", limit.commit(mail, effort.phase()), mail);
      report(report, "API", limit.commit(call, effort.phase()), call);
    }
  }

  private interface Taking {
    Paces take(int count, int callers) throws IOException, InterruptedException, SQLException;
  }

  private static void measure(
      String what,
      int count,
      Taking taking,
      IntakeHouse house,
      BenchDatabase database,
      Report report)
      throws IOException, InterruptedException, SQLException {
    database.checkpoint();
    var traffic = Traffic.now();
    var spent = database.spent();
    LongSupplier own = () -> SYSTEM.getProcessCpuTime() - house.callersCpu();
    long cpu = own.getAsLong();
    var paces = taking.take(count, CALLERS);
    double client = (own.getAsLong() - cpu) / 1e6 / count;
    double server = database.spent().cpuSince(spent) / count;
    var through = Traffic.now().since(traffic);
    var acknowledged = what + ", acknowledged";
    report.line(acknowledged, "evergreen", paces.acknowledged(), "per second");
    report.line(acknowledged, "evergreen", paces.millis(50), "ms p50");
    report.line(acknowledged, "evergreen", paces.millis(95), "ms p95");
    report.line(acknowledged, "evergreen", paces.millis(99), "ms p99");
    var done = what + ", run started and all done";
    report.line(done, "evergreen", paces.done(), "per second");
    report.line(done, "evergreen", client, "ms CPU of client");
    report.line(done, "evergreen", server, "ms CPU of server");
    report.line(done, "evergreen", (double) through.statements() / count, "statements");
    report.line(done, "evergreen", (double) through.roundTrips() / count, "round trips");
  }

  private static void report(Report report, String what, Paces limit, Pattern pattern) {
    var name = what + ", its " + pattern.rows() + " rows";
    report.line(name, "limit", limit.acknowledged(), "per second");
    report.line(name, "limit", limit.millis(50), "ms p50");
    report.line(name, "limit", limit.millis(95), "ms p95");
    report.line(name, "limit", limit.millis(99), "ms p99");
  }
}
