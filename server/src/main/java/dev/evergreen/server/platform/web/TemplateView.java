package dev.evergreen.server.platform.web;

import dev.evergreen.server.platform.text.Texts;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.View;

/// One template, rendered whole before the first byte leaves, so that a failure still gets its own
/// error page.
record TemplateView(TemplateEngine templates, String template, InstantSource clock, Unread unread)
    implements View {

  @Override
  public String getContentType() {
    return "text/html;charset=utf-8";
  }

  @Override
  public void render(
      @Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<String, Object> parameters = model == null ? Map.of() : new HashMap<>(model);
    var output = new Utf8ByteOutput();
    var page = page(request, response);
    Texts.reading(
        Reading.of(request),
        () ->
            ScopedValue.where(Page.CURRENT, page)
                .run(() -> templates.render(template, parameters, output)));
    if (response.getContentType() == null) {
      response.setContentType(getContentType());
    }
    output.writeTo(response.getOutputStream());
  }

  private Page page(HttpServletRequest request, HttpServletResponse response) {
    var csrf = (CsrfToken) request.getAttribute("_csrf");
    var token =
        csrf == null
            ? new Page.Token("", "", "")
            : new Page.Token(csrf.getParameterName(), csrf.getHeaderName(), csrf.getToken());
    return new Page(
        request.getRequestURI(),
        token,
        clock.instant(),
        Choices.of(request),
        Flash.take(request, response),
        unread);
  }
}
