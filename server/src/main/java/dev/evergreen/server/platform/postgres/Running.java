package dev.evergreen.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Which processes of a database server still work on a cluster. A process is known by what it is
/// (a `postgres` whose working folder is the cluster), never by the number in a pid file alone:
/// that may belong to somebody else by now.
final class Running {
  private Running() {}

  /// The processes of a server on this cluster: the postmaster first if it lives, and its children,
  /// which may outlive it for a moment and hold its shared memory.
  static List<ProcessHandle> on(Path cluster) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> worksOn(process, cluster)).toList();
    }
  }

  /// Asks the postmaster among them, if any, to stop fast.
  static void stop(List<ProcessHandle> processes) {
    for (ProcessHandle process : processes) {
      Shell.run(Path.of("/"), List.of("/bin/sh", "-c", "kill -INT \"$0\"", process.pid() + ""));
    }
  }

  private static boolean worksOn(ProcessHandle process, Path cluster) {
    try {
      Path entry = Path.of("/proc", Long.toString(process.pid()));
      return Files.readSymbolicLink(entry.resolve("cwd")).equals(cluster)
          && Files.readString(entry.resolve("comm")).strip().equals("postgres");
    } catch (IOException _) {
      return false; // gone meanwhile, or of another user: not ours
    }
  }
}
