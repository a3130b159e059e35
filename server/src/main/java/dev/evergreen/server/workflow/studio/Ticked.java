package dev.evergreen.server.workflow.studio;

import java.util.ArrayList;
import java.util.List;

/// A sentence of the checks, taken apart: what stands between backticks is what a file says.
public record Ticked(String text, boolean code) {

  public static List<Ticked> of(String sentence) {
    var parts = new ArrayList<Ticked>();
    String[] pieces = sentence.split("`", -1);
    for (int i = 0; i < pieces.length; i++) {
      if (!pieces[i].isEmpty()) {
        parts.add(new Ticked(pieces[i], i % 2 == 1));
      }
    }
    return parts;
  }
}
