package dev.evergreen.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is written for people leads where it says.
class DocumentsTest {
  private static final Path HOME = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)]*)?\\)");
  private static final Pattern PICTURE = Pattern.compile("(?:src|srcset)=\"([^\":]+)\"");

  @Test
  void links_lead_to_files_that_are_there() throws IOException {
    var broken = new ArrayList<String>();
    for (Path page : pages()) {
      var text = Files.readString(page);
      Stream.of(LINK, PICTURE)
          .flatMap(pattern -> pattern.matcher(text).results())
          .map(link -> link.group(1))
          .filter(link -> !Files.exists(page.resolveSibling(link)))
          .forEach(link -> broken.add(page + " leads to " + link));
    }

    assertThat(pages()).hasSizeGreaterThan(10);
    assertThat(broken).isEmpty();
  }

  @Test
  void decisions_are_numbered_without_gap_and_headed_by_their_number() throws IOException {
    List<String> numbers;
    try (var files = Files.list(HOME.resolve("docs/decisions"))) {
      numbers = files.map(file -> numberOf(file)).sorted().toList();
    }

    assertThat(numbers)
        .isEqualTo(IntStream.rangeClosed(1, numbers.size()).mapToObj("%04d"::formatted).toList());
  }

  private static String numberOf(Path decision) {
    var number = decision.getFileName().toString().substring(0, 4);
    try {
      assertThat(Files.readString(decision)).startsWith("# " + Integer.parseInt(number) + ". ");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return number;
  }

  private static List<Path> pages() throws IOException {
    var pages = new ArrayList<Path>();
    for (var folder : List.of(HOME, HOME.resolve("docs"), HOME.resolve("docs/decisions"))) {
      try (var files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }
}
