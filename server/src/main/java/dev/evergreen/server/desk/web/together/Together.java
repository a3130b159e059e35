package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.consulting.Consultation;
import dev.evergreen.server.ticket.consulting.HandOver;
import dev.evergreen.server.ticket.side.SideConversation;
import dev.evergreen.server.ticket.task.TeamTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What others have to do with a ticket: who was asked, which tasks were given, which partners are
/// written to.
///
/// @param handOver the note that the reader is to see first; null when there is none
public record Together(
    Ticket ticket,
    @Nullable HandOver handOver,
    List<Consultation> questions,
    List<TeamTask> tasks,
    List<SideConversation> sides,
    Agent reader) {
  public Together {
    questions = List.copyOf(questions);
    tasks = List.copyOf(tasks);
    sides = List.copyOf(sides);
  }

  static Together nothing(Ticket ticket, Agent reader) {
    return new Together(ticket, null, List.of(), List.of(), List.of(), reader);
  }

  public String path() {
    return "/tickets/" + ticket.id().value();
  }

  public String live() {
    return ticket.id().subject().toString();
  }

  /// Whether the reader asks colleagues and gives tasks.
  public boolean mayInvolve() {
    return ticket.isFor(reader, Permission.INVOLVE);
  }

  /// Whether the reader writes to partners.
  public boolean mayWrite() {
    return ticket.isFor(reader, Permission.ANSWER);
  }

  public boolean mayHandOver() {
    return mayInvolve() && ticket.isFor(reader, Permission.ASSIGN);
  }

  public boolean mayBegin() {
    return mayInvolve() || mayWrite();
  }

  public boolean isEmpty() {
    return questions.isEmpty() && tasks.isEmpty() && sides.isEmpty();
  }

  public List<TeamTask> openTasks() {
    return tasks.stream().filter(TeamTask::isOpen).toList();
  }

  public List<TeamTask> endedTasks() {
    return tasks.stream().filter(task -> !task.isOpen()).toList();
  }

  public List<SideConversation> openSides() {
    return sides.stream().filter(SideConversation::isOpen).toList();
  }

  public List<SideConversation> closedSides() {
    return sides.stream().filter(side -> !side.isOpen()).toList();
  }

  public List<Consultation> openQuestions() {
    return questions.stream().filter(Consultation::isOpen).toList();
  }

  public List<Consultation> answeredQuestions() {
    return questions.stream().filter(question -> !question.isOpen()).toList();
  }

  /// Whether somebody waits for the reader's answer.
  public boolean isAsked() {
    return openQuestions().stream().anyMatch(this::isAsked);
  }

  public boolean isAsked(Consultation question) {
    return question.asks(reader);
  }

  public boolean isOwn(Consultation question) {
    return question.asker().agent().equals(reader.id());
  }

  /// How many of the things that are over are folded away.
  public int over() {
    return endedTasks().size() + closedSides().size() + answeredQuestions().size();
  }
}
