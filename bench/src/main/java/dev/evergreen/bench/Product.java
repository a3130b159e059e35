package dev.evergreen.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The built program in a process of its own, as `./evergreen serve` starts it.
final class Product implements AutoCloseable {
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .connectTimeout(Duration.ofSeconds(1))
          .build();
  private final Process process;
  private final int port;

  Product(Path data, Path log, String... options) throws IOException {
    port = freePort();
    var command = command("serve");
    command.addAll(List.of("--port", "" + port, "--mail-in", "127.0.0.1:" + freePort()));
    command.addAll(List.of("--data", data.toString()));
    command.addAll(List.of(options));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  /// How the built program is started for a command.
  static List<String> command(String name) {
    var program = Path.of(System.getProperty("evergreen.program"));
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("evergreen.java-options", "").split(" ")));
    if (Files.exists(program.resolve("evergreen.aot"))) {
      command.add("-XX:AOTCache=" + program.resolve("evergreen.aot"));
    }
    command.addAll(List.of("-jar", program.resolve("evergreen.jar").toString(), name));
    return command;
  }

  /// Makes the first administrator, who is signed in then; signs in whoever was made before, which
  /// is false.
  boolean found(String name, String email, String password)
      throws IOException, InterruptedException {
    var welcome = get("/welcome");
    var form = CSRF.matcher(welcome.body());
    if (welcome.statusCode() == 200 && form.find()) {
      post(
          "/welcome",
          "organization=Ridgeline&name=%s&email=%s&password=%s&_csrf=%s"
              .formatted(encode(name), encode(email), encode(password), encode(form.group(1))));
      return true;
    }
    signIn(email, password);
    return false;
  }

  /// Waits until it can serve; true within the limit.
  boolean awaitReady(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (get("/health/readiness").statusCode() == 200) {
          return true;
        }
      } catch (IOException _) {
        // not yet
      }
      Thread.sleep(20);
    }
    return false;
  }

  void signIn(String email, String password) throws IOException, InterruptedException {
    var form = CSRF.matcher(get("/sign-in").body());
    if (!form.find()) {
      throw new IOException("expected a sign-in form, but found none");
    }
    var body =
        "email=%s&password=%s&_csrf=%s"
            .formatted(encode(email), encode(password), encode(form.group(1)));
    post("/sign-in", body);
  }

  /// Sends a form of a page that is shown to whoever is signed in, and tells the answer.
  HttpResponse<String> send(String path, String form) throws IOException, InterruptedException {
    var token = CSRF.matcher(get("/account").body());
    if (!token.find()) {
      throw new IOException("expected a form on the account's page, but found none");
    }
    return post(path, form + "&_csrf=" + encode(token.group(1)));
  }

  private HttpResponse<String> post(String path, String form)
      throws IOException, InterruptedException {
    var answer =
        client.send(
            HttpRequest.newBuilder(page(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() >= 400) {
      throw new IOException(
          "expected %s to be taken, but found %d".formatted(path, answer.statusCode()));
    }
    return answer;
  }

  /// How many bytes a page has on the wire, compressed.
  int weight(String path) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(page(path)).header("Accept-Encoding", "gzip").build(),
            BodyHandlers.ofByteArray())
        .body()
        .length;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(page(path)).timeout(Duration.ofSeconds(60)).build(),
        BodyHandlers.ofString());
  }

  /// Resident memory of the program itself, in MB; its database is a process of its own.
  double residentMegabytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / 1024.0;
    }
  }

  /// CPU time that the program has used so far.
  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private URI page(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    process.onExit().join();
  }
}
