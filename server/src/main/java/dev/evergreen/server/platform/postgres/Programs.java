package dev.evergreen.server.platform.postgres;

import dev.evergreen.server.platform.PostgresFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The server's programs, unpacked once from the archive on the class path. The archive is the one
/// whose checksum stands here, and a folder of programs exists whole or not at all: it is unpacked
/// beside its place and renamed.
///
/// Unpacking takes seconds, so where the build has left the programs of that very archive unpacked,
/// in the folder that the system property `evergreen.postgres-programs` names, they are copied.
record Programs(Path folder) {
  static final String MAJOR = "18";
  private static final String VERSION = "18.6";
  private static final String SHA_256 =
      "63999c2914366d62c68e51794e597588c336e75ed2958d53c558e8deca5e13fc";
  private static final Set<String> NEEDED = Set.of("bin", "lib", "share");

  private static final String NAME = "programs-%s-%s".formatted(VERSION, SHA_256.substring(0, 8));

  static Programs unpackedIn(Path home) throws IOException {
    Path folder = home.resolve(NAME);
    if (!Files.isDirectory(folder)) {
      Path unfinished = home.resolve("programs.unfinished");
      delete(unfinished);
      String ready = System.getProperty("evergreen.postgres-programs");
      if (ready != null && Files.isDirectory(Path.of(ready, NAME))) {
        copy(Path.of(ready, NAME), unfinished);
      } else {
        unpack(Files.createDirectories(unfinished));
      }
      Files.move(unfinished, folder);
    }
    return new Programs(folder);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(
            path,
            to.resolve(from.relativize(path)),
            LinkOption.NOFOLLOW_LINKS,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  String path(String program) {
    return folder.resolve("bin").resolve(program).toString();
  }

  private static void unpack(Path folder) throws IOException {
    MessageDigest digest = sha256();
    String archive = archive();
    try (InputStream resource = Programs.class.getResourceAsStream("/" + archive)) {
      if (resource == null) {
        throw new PostgresFailure(
            "Expected the archive %s of PostgreSQL on the class path, but it is not there: use --database-url with a PostgreSQL of your own."
                .formatted(archive));
      }
      var counted = new DigestInputStream(new BufferedInputStream(resource, 1 << 16), digest);
      unpack(counted, folder);
      counted.transferTo(OutputStream.nullOutputStream());
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(SHA_256)) {
      throw new PostgresFailure(
          "Expected the PostgreSQL %s archive with SHA-256 %s, but found %s: the file %s was changed or damaged."
              .formatted(VERSION, SHA_256, found, archive));
    }
  }

  /// What is needed of an archive, into a folder that everybody may read.
  static void unpack(InputStream archive, Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var tar = new TarArchiveInputStream(new XZInputStream(archive));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      write(folder, entry, tar);
    }
  }

  private static void write(Path folder, TarArchiveEntry entry, InputStream content)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder) || !isNeeded(folder.relativize(target))) {
      return;
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, target);
      boolean program = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  /// Static libraries and the build's own files are left out.
  private static boolean isNeeded(Path path) {
    return NEEDED.contains(path.getName(0).toString()) && !path.toString().endsWith(".a");
  }

  static String archive() {
    String machine = System.getProperty("os.arch");
    return "postgres-linux-%s.txz"
        .formatted(
            switch (machine) {
              case "amd64" -> "x86_64";
              case "aarch64" -> "arm_64";
              default -> machine;
            });
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have SHA-256", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
