package dev.evergreen.server.browser;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands the one Chromium of the test run to whoever asks; it ends with the run.
final class OneChromium implements ParameterResolver {
  private static final Namespace OURS = Namespace.create(OneChromium.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType().equals(Chromium.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(OURS)
        .computeIfAbsent(Chromium.class, _ -> new Chromium(), Chromium.class);
  }
}
