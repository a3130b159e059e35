package dev.evergreen.server.platform.web;

import dev.evergreen.server.platform.text.Texts;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/// One sentence for the next thing the reader sees: "Sent.", "Assigned to you." Full pages get it
/// through a cookie that lives until the redirect has landed, htmx requests through a header.
public final class Flash {

  private static final String NAME = "flash";
  private static final String BETWEEN = "\n";

  private Flash() {}

  public static void say(
      HttpServletRequest request, HttpServletResponse response, String sentence) {
    say(request, response, sentence, "");
  }

  /// The same with a way to take back what was done: the address of a form without fields.
  public static void say(
      HttpServletRequest request, HttpServletResponse response, String sentence, String undo) {
    if (request.getHeader("HX-Request") != null) {
      String said = encoded(Texts.in(Reading.of(request), sentence), undo);
      response.setHeader("HX-Trigger", "{\"flash\":\"" + said + "\"}");
    } else {
      response.addCookie(cookie(encoded(sentence, undo), 60));
    }
  }

  private static String encoded(String sentence, String undo) {
    return URLEncoder.encode(
        undo.isEmpty() ? sentence : sentence + BETWEEN + undo, StandardCharsets.UTF_8);
  }

  /// What is said, and how to take back what was done; empty when it cannot be.
  public record Said(String sentence, String undo) {
    static Said of(String flash) {
      int between = flash.indexOf(BETWEEN);
      return between < 0
          ? new Said(flash, "")
          : new Said(flash.substring(0, between), flash.substring(between + BETWEEN.length()));
    }
  }

  static @Nullable String take(HttpServletRequest request, HttpServletResponse response) {
    Cookie cookie = WebUtils.getCookie(request, NAME);
    if (cookie == null || request.getHeader("HX-Request") != null) {
      return null;
    }
    response.addCookie(cookie("", 0));
    try {
      return URLDecoder.decode(cookie.getValue(), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static Cookie cookie(String value, int seconds) {
    var cookie = new Cookie(NAME, value);
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setMaxAge(seconds);
    cookie.setAttribute("SameSite", "Lax");
    return cookie;
  }
}
