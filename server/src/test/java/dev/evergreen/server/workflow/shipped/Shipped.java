package dev.evergreen.server.workflow.shipped;

import dev.evergreen.language.Catalogue;
import dev.evergreen.language.Checked;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The files that come with the program, read once with the product's own vocabulary.
final class Shipped {
  static final Path RESOURCES = Path.of("src/main/resources");
  static final Catalogue CATALOGUE = Catalogue.load();
  static final List<Checked> FILES = read();

  private Shipped() {}

  static WorkflowFile workflow(String name) {
    return workflows()
        .filter(file -> file.definition().name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("expected a workflow, but found no " + name));
  }

  static Stream<WorkflowFile> workflows() {
    return FILES.stream().flatMap(file -> Stream.ofNullable(file.workflow()));
  }

  static List<Path> in(String folder) {
    try (var files = Files.list(RESOURCES.resolve(folder))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Checked> read() {
    var sources = new ArrayList<WorkflowFiles.Source>();
    for (var folder : List.of("processes", "workflows", "workflows/offered")) {
      in(folder).forEach(file -> sources.add(source(file)));
    }
    return WorkflowFiles.read(sources, CATALOGUE, WorkflowFiles.Known.NOTHING);
  }

  private static WorkflowFiles.Source source(Path file) {
    return new WorkflowFiles.Source(String.valueOf(file.getFileName()), text(file));
  }
}
