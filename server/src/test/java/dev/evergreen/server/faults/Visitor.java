package dev.evergreen.server.faults;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;

/// A person with cookies but without a browser: opens pages and submits their forms over HTTP.
final class Visitor implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  HttpResponse<String> open(URI page) throws IOException {
    return send(HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(10)).build());
  }

  /// Opens the page, fills in its form and submits it, hidden fields included.
  HttpResponse<String> submit(URI page, Map<String, String> answers) throws IOException {
    var form =
        Jsoup.parse(open(page).body(), page.toString())
            .select("form[method=post]:has([name=" + answers.keySet().iterator().next() + "])")
            .forms()
            .getFirst();
    var body =
        form.formData().stream()
            .filter(field -> !answers.containsKey(field.key()))
            .collect(Collectors.toMap(field -> field.key(), field -> field.value(), (a, _) -> a));
    body.putAll(answers);
    return send(
        HttpRequest.newBuilder(URI.create(form.attr("abs:action")))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    body.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"))))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("expected an answer, but was interrupted", e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
