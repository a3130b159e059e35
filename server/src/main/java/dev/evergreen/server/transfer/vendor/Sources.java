package dev.evergreen.server.transfer.vendor;

import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.transfer.Bundle;
import dev.evergreen.server.transfer.Format;
import dev.evergreen.server.transfer.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// Opens what was given as the export that it is.
@Component
public final class Sources {
  private static final int LOOKED_AT = 64 * 1024;

  /// What only the exports of one program say, in the order in which it is looked for.
  private static final Map<Format, Pattern> SIGNS = new LinkedHashMap<>();

  static {
    SIGNS.put(Format.EVERGREEN, Pattern.compile("\"kind\"\\s*:\\s*\"(export|ticket|customer)\""));
    SIGNS.put(Format.MBOX, Pattern.compile("\\AFrom \\S+"));
    SIGNS.put(Format.OSTICKET, Pattern.compile("\"type\"\\s*:\\s*\"(header|table)\"|thread_entry"));
    SIGNS.put(
        Format.FRESHDESK,
        Pattern.compile(
            "\"(helpdesk_ticket|helpdesk_note|responder_id|fr_escalated|email_config_id)\""));
    SIGNS.put(
        Format.ZAMMAD,
        Pattern.compile("\"(state_id|create_article_type_id|article_count|sender_id|login)\""));
    SIGNS.put(
        Format.ZENDESK,
        Pattern.compile(
            "\"(requester_id|submitter_id|raw_subject|ticket_events|child_events|end_of_stream|generated_timestamp)\"|\"requester\""));
    SIGNS.put(Format.CSV, Pattern.compile("\\A\\P{Cntrl}+[,;\\t]\\P{Cntrl}+"));
  }

  private final Staging staging;
  private final Agents agents;
  private final OwnAddresses own;
  private final DatabaseClock clock;

  Sources(Staging staging, Agents agents, OwnAddresses own, DatabaseClock clock) {
    this.staging = staging;
    this.agents = agents;
    this.own = own;
    this.clock = clock;
  }

  public Source open(Bundle bundle, Format format) {
    return switch (format) {
      case EVERGREEN -> new OwnLines(bundle);
      case ZENDESK -> new Assembled(bundle, new Zendesk(), staging);
      case ZAMMAD -> new Assembled(bundle, new Zammad(), staging);
      case FRESHDESK -> new Assembled(bundle, new Freshdesk(), staging);
      case OSTICKET -> new Assembled(bundle, new OsTicket(), staging);
      case MBOX -> new Mbox(bundle, staging, this::isOurs, clock.instant());
      case CSV -> new Table(bundle, clock.instant());
    };
  }

  private boolean isOurs(String address) {
    return EmailAddress.parse(address)
        .filter(parsed -> own.isOwn(parsed) || agents.withEmail(parsed).isPresent())
        .isPresent();
  }

  /// The form that the first of its files with a telling beginning has.
  public Optional<Format> guess(Bundle bundle) throws IOException {
    for (var sign : SIGNS.entrySet()) {
      for (var part : bundle.parts()) {
        try (var in = part.open()) {
          var beginning = new String(in.readNBytes(LOOKED_AT), StandardCharsets.UTF_8);
          if (sign.getValue().matcher(beginning).find()) {
            return Optional.of(sign.getKey());
          }
        }
      }
    }
    return Optional.empty();
  }
}
