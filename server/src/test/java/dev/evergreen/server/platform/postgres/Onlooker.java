package dev.evergreen.server.platform.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// Somebody who looks into the database of a node while it runs, or is frozen.
public final class Onlooker {
  private Onlooker() {}

  /// @param data the node's data folder
  public static Connection at(Path data) throws SQLException {
    try {
      var account = ServerAccount.forThisProcess();
      var cluster = new Cluster(account.homeIn(data).toRealPath(), account);
      int port = Integer.parseInt(Files.readString(cluster.portFile()).strip());
      return cluster.connect(port, "evergreen", Cluster.APPLICATION);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
