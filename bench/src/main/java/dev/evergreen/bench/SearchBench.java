package dev.evergreen.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What pages and searches cost as history grows: the same questions to databases of growing size,
/// each filled by the product's own import. What stays flat from one size to the next will be flat
/// in ten years.
final class SearchBench implements Bench.Measurement {
  private static final String EMAIL = "ada@ridgeline.example";
  private static final String PASSWORD = "bench bench bench";
  private static final List<Integer> SIZES =
      Arrays.stream(System.getProperty("evergreen.bench-sizes", "10000,100000,1000000").split(","))
          .map(Integer::valueOf)
          .toList();
  private static final Pattern CUSTOMER = Pattern.compile("href=\"(/customers/\\d+)\"");
  private static final int FIRST_TICKET = 1_001;
  private static final long SEED = 7;
  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
  private static final int WARM_UP = 100;
  private static final int ROUNDS = 300;

  @Override
  public void run(Report report, Effort effort) throws Exception {
    for (int size : effort.equals(Effort.QUICK) ? SIZES.subList(0, 1) : SIZES) {
      try (var scratch = Scratch.make()) {
        var data = folder(scratch, size);
        var years = new Years(size, SEED, NOW);
        if (!Files.exists(data)) {
          fill(years, size, data, scratch.file("import.log"), report);
        }
        try (var product = new Product(data, scratch.file("log"))) {
          if (!product.awaitReady(Duration.ofMinutes(5))) {
            throw new IllegalStateException(
                "expected a start, but found:\n" + Files.readString(scratch.file("log")));
          }
          product.found(EMAIL, PASSWORD);
          measure(product, years, size, report);
        }
      }
    }
  }

  /// A folder that is kept, so that a million tickets are imported once, or one for this run.
  private static Path folder(Scratch scratch, int size) {
    var kept = System.getProperty("evergreen.bench-folder", "");
    return kept.isEmpty() ? scratch.file("data") : Path.of(kept, "tickets-" + size);
  }

  private static void fill(Years years, int size, Path data, Path log, Report report)
      throws IOException, InterruptedException {
    var command = Product.command("import");
    command.addAll(List.of("-", "--data", data.toString()));
    long start = System.nanoTime();
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long messages;
    try (var out = new BufferedOutputStream(process.getOutputStream(), 1 << 20)) {
      messages = years.write(out, 0, size);
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("expected an import, but found:\n" + Files.readString(log));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    var measured = "import of %,d tickets".formatted(size);
    report.line(measured, "evergreen", size / seconds, "tickets per second");
    report.line(measured, "evergreen", messages / seconds, "messages per second");
  }

  private static void measure(Product product, Years years, int size, Report report)
      throws IOException, InterruptedException {
    var pages = new LinkedHashMap<String, String>();
    pages.put("liveness probe", "/health/liveness");
    pages.put("list, all", "/tickets?view=all");
    pages.put("list, closed", "/tickets?view=closed");
    pages.put("menu with view counts", "/views?view=all");
    pages.put("ticket", "/tickets/%d");
    pages.put("customer", customer(product));
    pages.put("customers", "/customers");
    for (var page : pages.entrySet()) {
      measure(product, page.getKey(), page.getValue(), size, report);
    }
    for (var search : searches(years).entrySet()) {
      measure(
          product, "search, " + search.getKey(), "/search?q=" + search.getValue(), size, report);
    }
  }

  /// The first of the list.
  private static String customer(Product product) throws IOException, InterruptedException {
    var link = CUSTOMER.matcher(product.get("/customers").body());
    if (!link.find()) {
      throw new IOException("expected customers on their list, but found none");
    }
    return link.group(1);
  }

  /// By how often the words occur.
  private static Map<String, String> searches(Years years) {
    var searches = new LinkedHashMap<String, String>();
    searches.put("a word on most tickets", years.wordAt(16));
    searches.put("a frequent word", years.wordAt(120));
    searches.put("a word of the middle", years.wordAt(1_500));
    searches.put("a rare word", years.wordAt(20_000));
    searches.put("two words", years.wordAt(30) + "+" + years.wordAt(900));
    searches.put("a beginning", years.wordAt(400).substring(0, 4));
    searches.put("a word and operators", years.wordAt(60) + "+status:open");
    return searches;
  }

  private static void measure(Product product, String name, String page, int size, Report report)
      throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UP; i++) {
      ask(product, page, i, size);
    }
    var nanos = new long[ROUNDS];
    var before = product.cpu();
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      ask(product, page, i, size);
      nanos[i] = System.nanoTime() - start;
    }
    var cpu = product.cpu().minus(before);
    Arrays.sort(nanos);
    var measured = "%,d: %s".formatted(size, name);
    report.line(measured, "evergreen", nanos[ROUNDS / 2] / 1e6, "ms p50");
    report.line(measured, "evergreen", nanos[ROUNDS * 95 / 100] / 1e6, "ms p95");
    report.line(measured, "evergreen", nanos[ROUNDS * 99 / 100] / 1e6, "ms p99");
    report.line(measured, "evergreen", cpu.toNanos() / 1e6 / ROUNDS, "ms CPU");
    report.line(measured, "evergreen", product.weight(path(page, 1, size)) / 1024.0, "KB");
  }

  private static void ask(Product product, String page, int round, int size)
      throws IOException, InterruptedException {
    var path = path(page, round, size);
    int status = product.get(path).statusCode();
    if (status != 200) {
      throw new IOException("expected 200 for " + path + ", but found " + status);
    }
  }

  /// Scattered, so that no page is the one just read.
  private static String path(String page, int round, int size) {
    return page.formatted(FIRST_TICKET + Math.floorMod(round * 7_919L, size));
  }
}
