package dev.evergreen.server.platform.postgres;

import dev.evergreen.server.platform.PostgresFailure;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The user under which the database server runs: the program's own, except that PostgreSQL refuses
/// root; then the first of evergreen, postgres and nobody that exists. `name` is null when the
/// program's own user will do.
record ServerAccount(@Nullable String name) {
  private static final List<String> INSTEAD_OF_ROOT = List.of("evergreen", "postgres", "nobody");

  static ServerAccount forThisProcess() {
    return new ServerAccount(isRoot() ? firstThatExists() : null);
  }

  /// The folder in which this account can keep the cluster of a data folder: inside it when the
  /// account can reach that place, else under `/var/lib/evergreen` with a link from the data
  /// folder.
  Path homeIn(Path data) throws IOException {
    Path home = data.resolve("postgres");
    if (Files.isSymbolicLink(home)) {
      return home.toRealPath();
    }
    if (!Files.exists(home) && !canReach(data)) {
      Path elsewhere =
          Path.of(
              "/var/lib/evergreen",
              data.getFileName() + "-" + Integer.toHexString(data.toString().hashCode()));
      Files.createDirectories(elsewhere.getParent());
      own(Files.createDirectories(elsewhere));
      Files.createSymbolicLink(home, elsewhere);
      return elsewhere;
    }
    if (!Files.exists(home)) {
      own(Files.createDirectory(home));
    }
    if (!canReach(home)) {
      throw new PostgresFailure(
          "Expected the user %s to be able to reach %s, but a folder above it is closed to others: open it (chmod o+x) or start with another --data."
              .formatted(name, home));
    }
    return home;
  }

  /// The command so changed that it runs as this account.
  List<String> command(List<String> command) {
    if (name == null) {
      return command;
    }
    Path setpriv =
        Shell.find("setpriv")
            .orElseThrow(() ->
                new PostgresFailure(
                    "Expected the program setpriv (package util-linux), with which the database is started as an unprivileged user, but it was not found: install it, or start Evergreen as another user than root."));
    var prefix =
        Stream.of(
            setpriv.toString(),
            "--reuid=" + idOf("-u"),
            "--regid=" + idOf("-g"),
            "--clear-groups",
            "--");
    return Stream.concat(prefix, command.stream()).toList();
  }

  /// Makes the file or folder this account's, closed to everybody else.
  void own(Path path) throws IOException {
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    if (name != null) {
      Files.setOwner(
          path,
          FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name));
    }
  }

  private boolean canReach(Path folder) {
    return name == null
        || Shell.run(Path.of("/"), command(List.of("/bin/sh", "-c", "test -x \"$0\"", folder + "")))
                .status()
            == 0;
  }

  private String idOf(String option) {
    return Shell.run(Path.of("/"), List.of("id", option, String.valueOf(name))).output().strip();
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          && uid == 0;
    } catch (IOException | UnsupportedOperationException _) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  private static String firstThatExists() {
    var users = FileSystems.getDefault().getUserPrincipalLookupService();
    for (String user : INSTEAD_OF_ROOT) {
      try {
        users.lookupPrincipalByName(user);
        return user;
      } catch (IOException _) {
        // the next one, then
      }
    }
    throw new PostgresFailure(
        "Expected one of the users %s to run the database instead of root, but none exists: create the user evergreen."
            .formatted(INSTEAD_OF_ROOT));
  }
}
