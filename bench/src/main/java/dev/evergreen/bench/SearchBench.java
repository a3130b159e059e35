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
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/// What pages and searches cost as history grows: the same questions to databases of growing size,
/// each filled by the product's own import. What stays flat from one size to the next will be flat
/// in ten years.
final class SearchBench implements Bench.Measurement {
  private static final List<Integer> SIZES =
      Arrays.stream(System.getProperty("evergreen.bench-sizes", "10000,100000,1000000").split(","))
          .map(Integer::valueOf)
          .toList();
  private static final Pattern CUSTOMER = Pattern.compile("href=\"(/customers/\\d+)\"");
  private static final Pattern TICKET = Pattern.compile("href=\"(/tickets/\\d+)\"");
  private static final Pattern DONE = Pattern.compile("(\\d+) of \\d+");
  private static final int LONGEST_LOOKS = 20_000;
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
          try (var product = started(data, scratch)) {
            Company.found(product);
          }
          fill(years, size, data, scratch.file("import.log"), report);
        }
        try (var product = started(data, scratch)) {
          Company.found(product);
          measure(product, years, size, report);
        }
      }
    }
  }

  private static Product started(Path data, Scratch scratch)
      throws IOException, InterruptedException {
    var product = new Product(data, scratch.file("log"));
    if (!product.awaitReady(Duration.ofMinutes(5))) {
      product.close();
      throw new IllegalStateException(
          "expected a start, but found:\n" + Files.readString(scratch.file("log")));
    }
    return product;
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
    var times = new PageTimes(product, report, WARM_UP, ROUNDS);
    var pages = new LinkedHashMap<String, String>();
    pages.put("liveness probe", "/health/liveness");
    pages.put("list, mine", "/tickets?view=mine");
    pages.put("list, unassigned", "/tickets?view=unassigned");
    pages.put("list, all open", "/tickets?view=all");
    pages.put("list, closed", "/tickets?view=closed");
    pages.put("menu with view counts", "/views?view=all");
    pages.put("customer with few tickets", "/customers/" + size / 12);
    pages.put("customer with many tickets", customer(product));
    pages.put("customers", "/customers");
    var names = size + ": ";
    for (var page : pages.entrySet()) {
      times.measure(names + page.getKey(), _ -> page.getValue());
    }
    times.measure(
        names + "ticket",
        round -> "/tickets/" + (FIRST_TICKET + Math.floorMod(round * 7_919L, size)));
    for (var search : searches(years).entrySet()) {
      times.measure(
          names + "search, " + search.getKey(),
          round -> "/search?q=" + search.getValue().apply(round));
    }
    bulk(product, names, report);
  }

  /// The customer with the most tickets: [Years] gives the first of them the most.
  private static String customer(Product product) throws IOException, InterruptedException {
    return link(CUSTOMER, product, link(TICKET, product, "/search?q=c0"));
  }

  private static String link(Pattern wanted, Product product, String page)
      throws IOException, InterruptedException {
    var link = wanted.matcher(product.get(page).body());
    if (!link.find()) {
      throw new IOException("expected " + wanted + " on " + page + ", but found none");
    }
    return link.group(1);
  }

  /// By how often the words occur; another word each time, so that nothing is the one just read.
  private static Map<String, IntFunction<String>> searches(Years years) {
    var searches = new LinkedHashMap<String, IntFunction<String>>();
    searches.put("a word on most tickets", round -> years.wordAt(round % 20));
    searches.put("a frequent word", round -> years.wordAt(100 + round % 50));
    searches.put("a word of the middle", round -> years.wordAt(1_500 + round));
    searches.put("a rare word", round -> years.wordAt(20_000 + round));
    searches.put("two words", round -> years.wordAt(30 + round % 10) + "+" + years.wordAt(900));
    searches.put("a beginning", round -> years.wordAt(400 + round % 100).substring(0, 4));
    searches.put("a word and operators", round -> years.wordAt(60 + round % 20) + "+status:open");
    return searches;
  }

  /// The same change of all open tickets, and back: how many a second.
  private static void bulk(Product product, String names, Report report)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    var begun = product.send("/bulk", "all=all&change=tag&tag=measured");
    var page = begun.headers().firstValue("Location").orElse("");
    int done = doneOf(product, page);
    report.line(
        names + "bulk", "evergreen", done * 1e9 / (System.nanoTime() - start), "per second");
    start = System.nanoTime();
    product.send(page + "/undoing", "");
    doneOf(product, page);
    report.line(
        names + "bulk undone", "evergreen", done * 1e9 / (System.nanoTime() - start), "per second");
  }

  private static int doneOf(Product product, String page) throws IOException, InterruptedException {
    for (int i = 0; i < LONGEST_LOOKS; i++) {
      var body = product.get(page).body();
      var done = DONE.matcher(body);
      if (!body.contains("<progress") && done.find()) {
        return Integer.parseInt(done.group(1));
      }
      Thread.sleep(50);
    }
    throw new IOException("expected the bulk change " + page + " to come to its end");
  }
}
