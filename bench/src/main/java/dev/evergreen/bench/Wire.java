package dev.evergreen.bench;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;
import javax.net.SocketFactory;

/// The sockets of the database driver, counting what goes over them in the same way for everybody
/// who uses the driver, whatever stands between it and them.
///
/// A statement is an `Execute` or `Query` message of the
/// [protocol](https://www.postgresql.org/docs/18/protocol-message-formats.html), so `begin` and
/// `commit` count. A round trip is a wait for the answer to whatever was sent since the last one.
public final class Wire extends SocketFactory {
  private static final LongAdder STATEMENTS = new LongAdder();
  private static final LongAdder ROUND_TRIPS = new LongAdder();

  /// What has gone over all sockets so far.
  record Traffic(long statements, long roundTrips) {
    static Traffic now() {
      return new Traffic(STATEMENTS.sum(), ROUND_TRIPS.sum());
    }

    Traffic since(Traffic before) {
      return new Traffic(statements - before.statements, roundTrips - before.roundTrips);
    }
  }

  @Override
  public Socket createSocket() {
    return new Counted();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw onlyUnconnected();
  }

  private static IOException onlyUnconnected() {
    return new IOException("expected the driver to connect its sockets itself");
  }

  /// Used by one thread at a time, as connections are.
  private static final class Counted extends Socket {
    private static final int FIRST_HEADER = 4;
    private static final int HEADER = 5;

    private boolean asked;
    private int wanted = FIRST_HEADER; // the first message has no type
    private int seen;
    private byte type;
    private int length;
    private int body;

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(int one) throws IOException {
          write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
          sent(bytes, from, count);
          out.write(bytes, from, count);
        }
      };
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          waits();
          return super.read();
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
          waits();
          return super.read(bytes, from, count);
        }
      };
    }

    private void waits() {
      if (asked) {
        asked = false;
        ROUND_TRIPS.increment();
      }
    }

    private void sent(byte[] bytes, int from, int count) {
      asked = true;
      int at = from;
      int end = from + count;
      while (at < end) {
        if (body > 0) {
          int step = Math.min(body, end - at);
          body -= step;
          at += step;
        } else {
          header(bytes[at++]);
        }
      }
    }

    private void header(byte next) {
      if (wanted == HEADER && seen == 0) {
        type = next;
      } else {
        length = (length << 8) | (next & 0xff);
      }
      if (++seen == wanted) {
        if (type == 'E' || type == 'Q') {
          STATEMENTS.increment();
        }
        body = length - FIRST_HEADER; // it counts itself
        wanted = HEADER;
        seen = 0;
        length = 0;
      }
    }
  }
}
