package dev.evergreen.server.channel;

import dev.evergreen.server.platform.Base32;
import dev.evergreen.server.platform.Secrets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// A mark in the header of every mail we send, by which we know one that comes back to us.
@Component
public class LoopMark {
  public static final String HEADER = "X-Evergreen-Loop";

  private final Supplier<String> value;

  LoopMark(Secrets secrets) {
    this.value =
        SingletonSupplier.of(() -> Base32.encode(Arrays.copyOf(secrets.key("loop-mark"), 15)));
  }

  public String value() {
    return value.get();
  }
}
