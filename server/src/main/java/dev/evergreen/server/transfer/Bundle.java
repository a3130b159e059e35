package dev.evergreen.server.transfer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// What was given to be imported: files, folders, archives of them. Each file in it can be read any
/// number of times.
public final class Bundle implements AutoCloseable {
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, Part> byName = new HashMap<>();
  private final List<ZipFile> archives = new ArrayList<>();

  private Bundle() {}

  /// One file.
  ///
  /// @param path where it lies by itself; null inside an archive
  public record Part(String name, Opener opener, @Nullable Path path) {
    public InputStream open() throws IOException {
      return new BufferedInputStream(opener.open(), 1 << 16);
    }

    public String ending() {
      int dot = name.lastIndexOf('.');
      return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
  }

  /// Begins to read from the front.
  @FunctionalInterface
  public interface Opener {
    InputStream open() throws IOException;
  }

  /// @throws IOException when one of them cannot be read
  public static Bundle of(List<Path> given) throws IOException {
    var bundle = new Bundle();
    try {
      for (var path : given) {
        bundle.add(path);
      }
      return bundle;
    } catch (IOException e) {
      bundle.close();
      throw e;
    }
  }

  /// What comes in on the program's own input.
  public static Bundle of(String name, Opener opener) {
    var bundle = new Bundle();
    bundle.add(new Part(name, opener, null));
    return bundle;
  }

  private void add(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (var files = Files.walk(path)) {
        for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
          add(new Part(path.relativize(file).toString(), () -> Files.newInputStream(file), file));
        }
      }
    } else if (path.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
      var archive = new ZipFile(path.toFile());
      archives.add(archive);
      archive.stream()
          .filter(entry -> !entry.isDirectory())
          .forEach(
              entry -> add(new Part(entry.getName(), () -> archive.getInputStream(entry), null)));
    } else {
      if (!Files.isReadable(path)) {
        throw new IOException("expected a file that can be read, but found none at " + path);
      }
      add(new Part(path.getFileName().toString(), () -> Files.newInputStream(path), path));
    }
  }

  private void add(Part part) {
    parts.add(part);
    var path = part.name().replace('\\', '/');
    byName.putIfAbsent(path, part);
    byName.putIfAbsent(path.substring(path.lastIndexOf('/') + 1), part);
    var pieces = path.split("/");
    if (pieces.length > 1) {
      byName.putIfAbsent(pieces[pieces.length - 2] + "/" + pieces[pieces.length - 1], part);
    }
  }

  public List<Part> parts() {
    return List.copyOf(parts);
  }

  /// The file that has one of these names, as a whole path, with its folder, or by itself.
  public Optional<Part> named(String... names) {
    for (var name : names) {
      var part = byName.get(name);
      if (part != null) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    for (var archive : archives) {
      archive.close();
    }
  }
}
