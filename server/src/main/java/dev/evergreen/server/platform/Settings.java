package dev.evergreen.server.platform;

import org.springframework.stereotype.Component;

/// Small values an administrator sets: the organization's name, the support address.
@Component
public final class Settings {
  /// The stored value, or the setting's initial one.
  public <T> T get(Setting<T> setting) {
    throw new UnsupportedOperationException();
  }

  public <T> void put(Setting<T> setting, T value) {
    throw new UnsupportedOperationException();
  }
}
