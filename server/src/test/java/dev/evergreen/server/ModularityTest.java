package dev.evergreen.server;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {
  @Test
  void modules_use_only_what_their_arrows_allow() {
    ApplicationModules.of(Evergreen.class).verify();
  }
}
