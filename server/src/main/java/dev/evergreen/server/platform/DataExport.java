package dev.evergreen.server.platform;

import dev.evergreen.server.platform.DataMap.Whose;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;

/// Everything that is kept about a person as one file: a zip with `data.jsonl`, a line for each row
/// of each table, and the files that they name. It is written while it is read: what is held at
/// once is one ticket's rows or a part of one file.
@Component
public final class DataExport {
  private final DataMap map;
  private final Files files;

  DataExport(DataMap map, Files files) {
    this.map = map;
    this.files = files;
  }

  public void write(Subject person, OutputStream out) throws IOException {
    var names = map.namesOf(person);
    var named = new LinkedHashSet<Long>();
    var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.putNextEntry(new ZipEntry("data.jsonl"));
    for (Subject subject : map.closure(person)) {
      var whose = new Whose(subject, subject.equals(person) ? names : List.of());
      for (DataMap.Row row : map.rows(whose)) {
        zip.write(line(subject, row).getBytes(StandardCharsets.UTF_8));
        if (row.file() != null) {
          named.add(row.file());
        }
      }
    }
    zip.closeEntry();
    for (Long file : named) {
      zip.putNextEntry(new ZipEntry("files/" + file));
      try (var content = files.open(new FileId(file))) {
        content.transferTo(zip);
      }
      zip.closeEntry();
    }
    zip.finish();
  }

  private static String line(Subject subject, DataMap.Row row) {
    return "{\"about\":\"%s\",\"table\":\"%s\",\"row\":%s}\n"
        .formatted(subject, row.table(), row.json());
  }
}
