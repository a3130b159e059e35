package dev.evergreen.server.transfer.vendor;

import dev.evergreen.server.transfer.Bundle;
import dev.evergreen.server.transfer.Finding;
import dev.evergreen.server.transfer.ForeignTicket;
import dev.evergreen.server.transfer.Source;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A vendor's export whose pieces are first laid aside, all of them, and then put together.
final class Assembled implements Source {
  private static final int AT_ONCE = 200;

  private final Bundle bundle;
  private final Vendor vendor;
  private final Staging staging;

  /// Until it is closed: files are read from it when their tickets are written.
  private Staging.@Nullable Reading reading;

  Assembled(Bundle bundle, Vendor vendor, Staging staging) {
    this.bundle = bundle;
    this.vendor = vendor;
    this.staging = staging;
  }

  @Override
  public void read(Consumer<ForeignTicket> taker, Consumer<Finding> findings) throws IOException {
    var laid = staging.begin();
    reading = laid;
    for (var part : bundle.parts()) {
      if (part.ending().matches("json|jsonl|ndjson|txt|")) {
        cut(part, laid, findings);
      }
    }
    laid.flush();
    var last = "";
    while (true) {
      var tickets = laid.after(Vendor.TICKET, last, AT_ONCE);
      for (var ticket : tickets) {
        taker.accept(vendor.put(ticket, laid, bundle));
        last = ticket.key();
      }
      if (tickets.size() < AT_ONCE) {
        return;
      }
    }
  }

  @Override
  public void close() {
    var laid = reading;
    if (laid != null) {
      laid.close();
    }
  }

  private void cut(Bundle.Part part, Staging.Reading reading, Consumer<Finding> findings)
      throws IOException {
    try (var in = part.open()) {
      Json.read(
          in,
          vendor.collections(),
          (collection, object, line) -> {
            var place = part.name() + " line " + line;
            vendor.cut(collection, object, new Laying(reading, place, findings));
          });
    } catch (Json.Broken e) {
      findings.accept(
          new Finding(
              part.name() + " line " + e.line,
              "JSON; the file was read up to here",
              String.valueOf(e.getMessage())));
    }
  }

  private record Laying(Staging.Reading reading, String place, Consumer<Finding> findings)
      implements Vendor.Cut {
    @Override
    public void piece(String kind, String key, String owner, JsonNode data) {
      reading.add(kind, key, owner, place, data);
    }

    @Override
    public void finding(String expected, String found) {
      findings.accept(new Finding(place, expected, found));
    }
  }
}
