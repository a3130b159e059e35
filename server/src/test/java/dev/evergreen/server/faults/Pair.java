package dev.evergreen.server.faults;

import dev.evergreen.server.channel.ServerIdentity;
import dev.evergreen.server.platform.TestFolder;
import dev.evergreen.server.workflow.Replays;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Two nodes on one database, each with its own link to it and its own relay. The fault tests of a
/// run share them, because their start takes longer than most of what is tried on them: whoever
/// asks gets both of them ready and nothing left to do.
final class Pair {
  private static final Duration PATIENCE = Installation.PATIENCE;

  final Installation installation;
  final Side first;
  final Side second;

  /// What the relays show, and the nodes believe.
  final SSLContext identity;

  private final String believing;

  /// A node and what lies around it.
  record Side(Node node, DatabaseLink link, RelaySink relay) {}

  private Pair() throws IOException, GeneralSecurityException, InterruptedException {
    var folder = Files.createDirectories(TestFolder.of("faults"));
    ServerIdentity.make(Files.createDirectories(folder.resolve("relay")));
    identity = ServerIdentity.serving(folder.resolve("relay"));
    believing = ServerIdentity.optionsTrusting(folder.resolve("relay"));
    installation = Installation.in(folder);
    first = side("first");
    second = side("second");
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  /// Another node like these two, which is not started; whoever wants it ends it too.
  Side side(String name) throws IOException {
    var relay = new RelaySink(identity);
    var link = installation.link();
    var node =
        installation
            .nodeBehind(link, name, "--mail-relay", "smtp+starttls://localhost:" + relay.port())
            .with("JAVA_TOOL_OPTIONS", believing)
            .with("EVERGREEN_OUTBOUND_ALLOWED", "127.0.0.1");
    return new Side(node, link, relay);
  }

  private static final class Shared {
    static final Pair PAIR = make();

    private static Pair make() {
      try {
        return new Pair();
      } catch (IOException | GeneralSecurityException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// The pair, mended after whatever was tried before.
  static Pair ready() {
    Shared.PAIR.mend();
    return Shared.PAIR;
  }

  List<Side> sides() {
    return List.of(first, second);
  }

  /// Starts again what was killed, and waits until both nodes serve, with nothing planned.
  void mend() {
    sides()
        .forEach(side -> {
          side.relay().decide(_ -> RelaySink.Fate.ANSWERED);
          side.relay().show(identity);
        });
    awaitBoth();
  }

  private void awaitBoth() {
    startKilled();
    sides().forEach(side -> side.node().awaitReady(PATIENCE));
  }

  /// A node that serves; waited for when neither does. A kill that is planned may still meet either
  /// meanwhile, so that whatever has ended is started again.
  Node serving() {
    var serving = new AtomicReference<@Nullable Node>();
    Installation.await(
        "a node that serves",
        PATIENCE,
        () -> {
          startKilled();
          sides().stream().map(Side::node).filter(Node::ready).findFirst().ifPresent(serving::set);
          return serving.get() != null;
        });
    return Objects.requireNonNull(serving.get());
  }

  /// Starts again what was killed, without waiting for it.
  void startKilled() {
    sides().stream().map(Side::node).filter(node -> !node.alive()).forEach(Node::start);
  }

  /// Lets a node go on that stands still, once another has taken over what it had in its hands.
  static void thawAfter(Node still, BooleanSupplier isTakenOver) {
    Thread.startVirtualThread(() -> {
      try {
        Installation.await("another node to take over", PATIENCE, isTakenOver);
      } finally {
        still.thaw();
      }
    });
  }

  /// Every letter that has come to its recipient, on whatever way.
  Stream<RelaySink.Received> received() {
    return sides().stream().flatMap(side -> side.relay().received().stream());
  }

  /// How many runs had their history applied to nothing without giving the state that is stored.
  int unequalReplays() {
    return installation.part(Replays.class).replayAll().differences().size();
  }

  private void end() {
    sides().forEach(side -> side.node().kill());
  }
}
