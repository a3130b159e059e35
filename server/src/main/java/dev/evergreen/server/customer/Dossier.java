package dev.evergreen.server.customer;

import dev.evergreen.server.customer.Likenesses.Likeness;
import dev.evergreen.server.platform.Erasures.Receipt;
import dev.evergreen.server.platform.field.ShownField;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything this module knows about one person, as the page of a customer shows it.
public record Dossier(
    Profile profile,
    List<Identity> identities,
    List<ShownField> fields,
    Belonging belonging,
    List<Consent> consents,
    Doubles doubles,
    @Nullable Receipt erasure) {
  public Dossier {
    identities = List.copyOf(identities);
    fields = List.copyOf(fields);
    consents = List.copyOf(consents);
  }

  /// Where they could belong and where they do.
  ///
  /// @param in the segments they are in now, by rule or by hand
  public record Belonging(List<Level> levels, List<Segment> segments, List<Segment> in) {
    public Belonging {
      levels = List.copyOf(levels);
      segments = List.copyOf(segments);
      in = List.copyOf(in);
    }

    /// The segments into which people are put by hand.
    public List<Segment> byHand() {
      return segments.stream().filter(segment -> segment.rule() == null).toList();
    }

    public Set<Segment.SegmentId> inIds() {
      return in.stream().map(Segment::id).collect(Collectors.toSet());
    }
  }

  /// Other records of perhaps the same person, and those that were made one with this.
  public record Doubles(List<Likeness> likely, List<CustomerMerge> merged) {
    public Doubles {
      likely = List.copyOf(likely);
      merged = List.copyOf(merged);
    }
  }
}
