package dev.evergreen.server.team;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser without a window: keeps cookies, sends the token of the last page with each form,
/// follows nothing by itself.
public final class Visitor implements AutoCloseable {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(cookies).connectTimeout(PATIENCE).build();
  private URI base;
  private String token = "";

  public Visitor(int port) {
    base = onPort(port);
  }

  /// Goes on with another node of the same installation: browsers keep cookies by host, whatever
  /// the port.
  public void turnTo(int port) {
    base = onPort(port);
  }

  /// Another window of the same browser, on another node of the same installation.
  public Visitor window(int port) {
    var window = new Visitor(port);
    cookies
        .getCookieStore()
        .getCookies()
        .forEach(cookie -> window.plantCookie(cookie.getName(), cookie.getValue()));
    window.token = token;
    return window;
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  /// Begins to read what has no end, and goes away: how it begins is all that is told.
  public HttpResponse<?> begin(String path) {
    try {
      var response =
          client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
      response.body().close();
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("expected an answer, but was interrupted", e);
    }
  }

  /// Posts a form with the token of the last page that had one.
  public HttpResponse<String> post(String path, Map<String, String> form, String... headers) {
    var fields = new TreeMap<>(form);
    if (!token.isEmpty()) {
      fields.put("_csrf", token);
    }
    return postBare(path, fields, headers);
  }

  /// Posts nothing but the given fields.
  public HttpResponse<String> postBare(String path, Map<String, String> form, String... headers) {
    var body =
        form.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /// Sends a file in the field `file` of a form, as a browser does.
  public HttpResponse<String> upload(String path, String name, byte[] file) {
    var boundary = "----evergreen-boundary";
    var head =
        """
        --%s\r
        Content-Disposition: form-data; name="_csrf"\r
        \r
        %s\r
        --%s\r
        Content-Disposition: form-data; name="file"; filename="%s"\r
        Content-Type: application/octet-stream\r
        \r
        """
            .formatted(boundary, token, boundary, name);
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(
                HttpRequest.BodyPublishers.ofByteArrays(
                    List.of(
                        head.getBytes(StandardCharsets.UTF_8),
                        file,
                        ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8)))));
  }

  /// Signs in by the form.
  public HttpResponse<String> signIn(String email, String password) {
    get("/sign-in");
    return post("/sign-in", Map.of("email", email, "password", password));
  }

  public Optional<String> cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findAny();
  }

  public void plantCookie(String name, String value) {
    var cookie = new HttpCookie(name, value);
    cookie.setPath("/");
    cookie.setVersion(0);
    cookies.getCookieStore().add(base, cookie);
  }

  private HttpRequest.Builder request(String path, String... headers) {
    var request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("Accept", "text/html");
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      var found = TOKEN.matcher(response.body());
      if (found.find()) {
        token = found.group(1);
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("expected an answer, but was interrupted", e);
    }
  }

  private static URI onPort(int port) {
    return URI.create("http://localhost:" + port);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
