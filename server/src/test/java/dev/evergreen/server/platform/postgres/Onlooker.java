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
    return connect(data, Cluster.APPLICATION);
  }

  /// Compares every index with its table, as PostgreSQL's own check does; how many those were.
  /// Throws when one is damaged.
  public static int checkIndexes(Path data) throws SQLException {
    try (var connection = connect(data, Cluster.ADMINISTRATOR);
        var statement = connection.createStatement()) {
      statement.execute("create extension if not exists amcheck");
      int checked = 0;
      try (var rows =
          statement.executeQuery(
              """
              select bt_index_check(index => pg_class.oid, heapallindexed => true)
              from pg_class
              join pg_am on pg_am.oid = pg_class.relam
              join pg_index on pg_index.indexrelid = pg_class.oid
              where pg_am.amname = 'btree' and pg_class.relkind = 'i' and pg_index.indisvalid
              """)) {
        while (rows.next()) {
          checked++;
        }
      }
      return checked;
    }
  }

  private static Connection connect(Path data, String role) throws SQLException {
    try {
      var account = ServerAccount.forThisProcess();
      var cluster = new Cluster(account.homeIn(data).toRealPath(), account);
      int port = Integer.parseInt(Files.readString(cluster.portFile()).strip());
      return cluster.connect(port, "evergreen", role);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
