package dev.evergreen.server.platform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.stereotype.Component;

/// The one way by which the program asks other servers over HTTP. It connects only to where
/// [OutboundGuard] lets it, follows no redirection, sends no cookies, goes through no proxy, asks
/// nothing twice, and reads no answer that is too long.
@Component
public class Outbound implements DisposableBean {
  private static final Timeout TO_CONNECT = Timeout.ofSeconds(5);
  private static final Timeout TO_ANSWER = Timeout.ofSeconds(20);
  private static final int MOST_CONNECTIONS = 64;
  private static final int MOST_TO_ONE = 16;
  private static final int LONGEST_ANSWER = 256 * 1024;

  private final CloseableHttpClient client;

  Outbound(OutboundGuard guard) {
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(guard)
                    .setMaxConnTotal(MOST_CONNECTIONS)
                    .setMaxConnPerRoute(MOST_TO_ONE)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(TO_CONNECT)
                            .setSocketTimeout(TO_ANSWER)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(TO_CONNECT)
                    .setResponseTimeout(TO_ANSWER)
                    .build())
            .setUserAgent("Evergreen")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableContentCompression()
            .build();
  }

  /// @param body JSON; null to send none
  public record Request(
      String method, URI url, Map<String, String> headers, @Nullable String body) {
    public Request {
      headers = Map.copyOf(headers);
    }
  }

  /// @param type its media type, without parameters; empty when the server did not say
  public record Answer(int status, String type, String text) {}

  /// Throws `UncheckedIOException` with a sentence for people when there is no answer.
  public Answer ask(Request request) {
    check(request.url());
    var message = new HttpUriRequestBase(request.method(), request.url());
    request.headers().forEach(message::setHeader);
    message.setHeader("Accept", "application/json");
    if (request.body() != null) {
      message.setEntity(new StringEntity(request.body(), ContentType.APPLICATION_JSON));
    }
    try {
      return client.execute(message, Outbound::read);
    } catch (IOException e) {
      throw new UncheckedIOException(problem(request.url(), e), e);
    }
  }

  /// The same for libraries of Spring that ask by themselves: the same guard, the same bounds.
  public ClientHttpRequestFactory requests() {
    return new InterceptingClientHttpRequestFactory(
        new HttpComponentsClientHttpRequestFactory(client),
        List.of((request, body, execution) -> {
          check(request.getURI());
          return new Bounded(execution.execute(request, body));
        }));
  }

  /// An answer of which no more is read than is looked at anywhere, and that once: libraries ask
  /// for its body to look whether there is one, and again to read it.
  private static final class Bounded implements ClientHttpResponse {
    private final ClientHttpResponse answer;
    private @Nullable InputStream body;

    private Bounded(ClientHttpResponse answer) {
      this.answer = answer;
    }

    @Override
    public HttpStatusCode getStatusCode() throws IOException {
      return answer.getStatusCode();
    }

    @Override
    public String getStatusText() throws IOException {
      return answer.getStatusText();
    }

    @Override
    public HttpHeaders getHeaders() {
      return answer.getHeaders();
    }

    @Override
    public InputStream getBody() throws IOException {
      var known = body;
      if (known == null) {
        byte[] bytes = answer.getBody().readNBytes(LONGEST_ANSWER + 1);
        if (bytes.length > LONGEST_ANSWER) {
          throw tooLong();
        }
        known = new ByteArrayInputStream(bytes);
        body = known;
      }
      return known;
    }

    @Override
    public void close() {
      answer.close();
    }
  }

  private static IOException tooLong() {
    return new IOException("its answer is longer than %d bytes".formatted(LONGEST_ANSWER));
  }

  private static void check(URI url) {
    boolean web =
        "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
    if (!web || url.getHost() == null || url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "expected an address like https://shop.example/orders, without user and password, but found "
              + url);
    }
  }

  private static Answer read(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new Answer(response.getCode(), "", "");
    }
    byte[] bytes = entity.getContent().readNBytes(LONGEST_ANSWER + 1);
    if (bytes.length > LONGEST_ANSWER) {
      throw tooLong();
    }
    ContentType type = ContentType.parseLenient(entity.getContentType());
    return new Answer(
        response.getCode(),
        type == null ? "" : type.getMimeType(),
        new String(bytes, StandardCharsets.UTF_8));
  }

  private static String problem(URI url, IOException e) {
    return e instanceof OutboundGuard.Refused
        ? String.valueOf(e.getMessage())
        : "expected an answer from %s, but: %s".formatted(url.getHost(), e.getMessage());
  }

  @Override
  public void destroy() throws IOException {
    client.close();
  }
}
