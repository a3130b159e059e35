package dev.evergreen.server.faults;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What lies between a node and its database. It passes PostgreSQL's protocol on, message by
/// message, and cuts a connection where a test wants: before a COMMIT passes, or after the database
/// has committed and before the node hears of it. Held, it swallows everything, like a network that
/// is down: nobody is told, and what was sent arrives when it is up again.
final class DatabaseLink implements AutoCloseable {
  enum Place {
    BEFORE_COMMIT,
    AFTER_COMMIT
  }

  private record Cut(
      Place place,
      String words,
      AtomicInteger before,
      Runnable then,
      CompletableFuture<Void> done) {
    void happen() {
      then.run();
      done.complete(null);
    }
  }

  private final ServerSocket door;
  private final int server;
  private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Cut> armed = new AtomicReference<>();
  private volatile CountDownLatch up = new CountDownLatch(0);

  /// @param server the port of the database on this machine
  DatabaseLink(int server) throws IOException {
    this.server = server;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::admit);
  }

  int port() {
    return door.getLocalPort();
  }

  /// The ports by which the database knows the node's connections.
  Integer[] ports() {
    return passages.stream().map(Passage::port).toArray(Integer[]::new);
  }

  /// Cuts the next transaction in which a statement with these words was said, once. The future is
  /// done when that has happened.
  CompletableFuture<Void> cut(Place place, String words) {
    return cut(place, words, 0, () -> {});
  }

  /// The same, after so many of these transactions have passed; while the connection stands still
  /// at that place, this is done.
  CompletableFuture<Void> cut(Place place, String words, int before, Runnable then) {
    var cut = new Cut(place, words, new AtomicInteger(before), then, new CompletableFuture<>());
    armed.set(cut);
    return cut.done();
  }

  /// Forgets a cut that was not met.
  void disarm() {
    armed.set(null);
  }

  /// From now on nothing passes, in either direction.
  void hold() {
    up = new CountDownLatch(1);
  }

  /// What was held passes, and all that comes after it.
  void release() {
    up.countDown();
  }

  private void admit() {
    while (!door.isClosed()) {
      try {
        var node = door.accept();
        var database = new Socket();
        try {
          database.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server), 2_000);
        } catch (IOException _) {
          node.close(); // the database is down: the node sees just that
          continue;
        }
        var passage = new Passage(node, database);
        passages.add(passage);
        Thread.ofVirtual().start(passage::up);
        Thread.ofVirtual().start(passage::down);
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    passages.forEach(Passage::end);
  }

  private final class Passage {
    private final Socket node;
    private final Socket database;
    private final Map<String, String> statements = new HashMap<>();
    private final StringBuilder said = new StringBuilder();
    private volatile @Nullable Cut swallowing;

    Passage(Socket node, Socket database) throws IOException {
      this.node = node;
      this.database = database;
      node.setTcpNoDelay(true);
      database.setTcpNoDelay(true);
    }

    int port() {
      return database.getLocalPort();
    }

    void up() {
      try (node;
          database) {
        var in = new DataInputStream(node.getInputStream());
        var out = new DataOutputStream(database.getOutputStream());
        pass(out, -1, body(in)); // the first message has no type
        for (int type = in.read(); type >= 0; type = in.read()) {
          byte[] body = body(in);
          if (!watch(type, body)) {
            return;
          }
          pass(out, type, body);
        }
      } catch (IOException _) {
        // one side has gone; the other goes too
      } finally {
        passages.remove(this);
      }
    }

    void down() {
      try (node;
          database) {
        var in = new DataInputStream(database.getInputStream());
        var out = new DataOutputStream(node.getOutputStream());
        for (int type = in.read(); type >= 0; type = in.read()) {
          byte[] body = body(in);
          Cut cut = swallowing;
          if (cut == null) {
            pass(out, type, body);
          } else if (type == 'Z') { // the database has done it and waits for more
            cut.happen();
            return;
          }
        }
      } catch (IOException _) {
        // as above
      }
    }

    /// Keeps what was said since the last transaction; false when the connection is to be cut here.
    private boolean watch(int type, byte[] body) {
      if (type == 'P') {
        String name = text(body, 0);
        statements.put(name, text(body, name.length() + 1));
      } else if (type == 'B') {
        String statement = statements.getOrDefault(text(body, text(body, 0).length() + 1), "");
        if (statement.equals("COMMIT")) {
          boolean passes = passes();
          said.setLength(0);
          return passes;
        }
        said.append(statement.equals("ROLLBACK") ? "" : statement).append('\n');
      }
      return true;
    }

    private boolean passes() {
      Cut cut = armed.get();
      if (cut == null
          || said.indexOf(cut.words()) < 0
          || cut.before().getAndDecrement() > 0
          || !armed.compareAndSet(cut, null)) {
        return true;
      }
      return switch (cut.place()) {
        case BEFORE_COMMIT -> {
          cut.happen();
          yield false;
        }
        case AFTER_COMMIT -> {
          swallowing = cut;
          yield true;
        }
      };
    }

    void end() {
      try (node;
          database) {
        passages.remove(this);
      } catch (IOException _) {
        // closed already
      }
    }

    private static byte[] body(DataInputStream in) throws IOException {
      return in.readNBytes(in.readInt() - Integer.BYTES);
    }

    private void pass(DataOutputStream out, int type, byte[] body) throws IOException {
      awaitUp();
      var message = java.nio.ByteBuffer.allocate(body.length + 5);
      if (type >= 0) {
        message.put((byte) type);
      }
      message.putInt(body.length + Integer.BYTES).put(body).flip();
      out.write(message.array(), 0, message.limit());
    }

    private void awaitUp() throws InterruptedIOException {
      try {
        up.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("expected to wait for the link in peace");
      }
    }

    private static String text(byte[] body, int from) {
      int end = from;
      while (body[end] != 0) {
        end++;
      }
      return new String(body, from, end - from, StandardCharsets.UTF_8);
    }
  }
}
