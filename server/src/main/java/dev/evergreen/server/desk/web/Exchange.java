package dev.evergreen.server.desk.web;

import dev.evergreen.server.team.Agent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.ui.Model;

/// Who asks, and all that an answer is written with.
public record Exchange(
    Agent agent, HttpServletRequest request, HttpServletResponse response, Model model) {
  private static final String FORGERY_TOKEN = "_csrf";

  /// What the form sent, by field name: of several by one name the first.
  public Map<String, String> sent() {
    return request.getParameterMap().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue()[0]));
  }

  /// The same for the same person who sends the same form again, and for nothing else: where two
  /// forms may well say the same, each page carries a number of its own (`ui/once`).
  public String key() {
    Map<String, String[]> sent = new TreeMap<>(request.getParameterMap());
    sent.remove(FORGERY_TOKEN);
    String whole =
        sent.entrySet().stream()
            .map(field -> field.getKey() + "=" + String.join("\0", field.getValue()))
            .collect(
                Collectors.joining(
                    "\0\0", agent.id().value() + " " + request.getRequestURI() + "\0\0", ""));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have SHA-256", e);
    }
  }
}
