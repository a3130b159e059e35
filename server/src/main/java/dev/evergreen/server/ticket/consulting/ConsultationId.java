package dev.evergreen.server.ticket.consulting;

/// Number of a consultation.
public record ConsultationId(long value) {
  public String domId() {
    return "consultation-" + value;
  }
}
