package dev.evergreen.server.workflow;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.Action;
import dev.evergreen.language.ActionType;
import dev.evergreen.language.Call;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.EventType;
import dev.evergreen.language.FactSource;
import dev.evergreen.language.FactType;
import dev.evergreen.language.Input;
import dev.evergreen.language.Parameter;
import dev.evergreen.language.RemoteAction;
import dev.evergreen.language.Responsibility;
import dev.evergreen.language.Vocabulary;
import dev.evergreen.server.platform.Setting;
import dev.evergreen.server.platform.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// A small business around the workflow module: what a ticket module would offer it, and a workflow
/// that goes through every block.
@TestConfiguration(proxyBeanMethods = false)
class Trial {
  static final String TEXT =
      """
      workflow: trial
      title: Try everything
      process: support
      kind: service
      about: ticket
      purpose: Every block is gone through once.
      owner: support-operations
      review every: 90 days

      start:
        - on: ticket.opened
          when: event.channel == "email"

      steps:
        - run: trial.note
          title: Note that it begins
          with: {text: begun}

        - do: Read the ticket
          by: team frontline
          within: 1 business hour
          instructions: Read **all** of it.
          form:
            category: [simple, hard]
            enough:
              label: Do we know enough?
              type: boolean
          checklist:
            - You read it twice

        - decide: Do we know enough?
          when !enough:
            - wait: ticket.customer-replied
              title: Wait for the details
              at most: 2 business days
              else:
                - end: silent

        - repeat: Work on it until it is solved
          at most: 3 times
          until: solved
          steps:
            - do: Answer the customer
              by: responsible
              form:
                solved:
                  label: Is it solved?
                  type: boolean
          else:
            - run: trial.note
              title: Note that we give up
              with: {text: given-up}

        - wait: 1 day
          title: Let it rest for a day

        - run: trial.note
          title: Note that it ends
          with: {text: ended}

        - end: closed
      """;

  /// @param text what to note
  record Note(@Input("What to note") String text) {}

  /// Keeps what was noted by effect, in the database; fails after writing while it is broken.
  static final class NoteAction implements Action<Note> {
    static final AtomicInteger PERFORMED = new AtomicInteger();
    static volatile boolean broken;

    private final Settings settings;

    NoteAction(Settings settings) {
      this.settings = settings;
    }

    static Setting<String> noted(String effectId) {
      return Setting.text("trial." + effectId, "");
    }

    @Override
    public String name() {
      return "trial.note";
    }

    @Override
    public Class<Note> input() {
      return Note.class;
    }

    @Override
    public Map<String, Object> perform(Note input, Call call) {
      settings.put(noted(call.effectId()), input.text());
      if (broken) {
        throw new IllegalStateException("expected a pen that writes, but found a broken one");
      }
      PERFORMED.incrementAndGet();
      return Map.of();
    }
  }

  /// Somebody outside, who does what the test says for a run; else agrees with everything.
  static class Outside implements RemoteAction<Note> {
    interface Reaction {
      Map<String, Object> to(Note input, Call call) throws InterruptedException;
    }

    static final Map<Long, Reaction> REACTIONS = new ConcurrentHashMap<>();

    private final String name;

    Outside(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Class<Note> input() {
      return Note.class;
    }

    @Override
    public Duration limit() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Map<String, Object> perform(Note input, Call call) {
      try {
        return REACTIONS.getOrDefault(call.subject(), (_, _) -> Map.of()).to(input, call);
      } catch (InterruptedException e) {
        throw new IllegalStateException("expected time, but was interrupted", e);
      }
    }
  }

  @Bean
  Outside reach() {
    return new Outside("trial.reach");
  }

  @Bean
  Outside ring() {
    return new Outside("trial.ring");
  }

  @Bean
  @Primary
  Catalogue trialCatalogue() {
    return Catalogue.of(
        List.of(
            new WorkflowVocabulary(),
            new Vocabulary() {
              @Override
              public List<ActionType> actions() {
                return List.of(
                    ActionType.of("trial.note", "Notes something.", Note.class),
                    ActionType.of(
                        "trial.reach",
                        "Tells somebody outside.",
                        Note.class,
                        Parameter.of("answer", "What they said", new ValueType.Text())),
                    ActionType.of("trial.ring", "Calls somebody.", Note.class).notRepeatable());
              }

              @Override
              public List<EventType> events() {
                return List.of(
                    EventType.of(
                        "ticket.opened",
                        "ticket",
                        "A ticket came in.",
                        Parameter.of("channel", "How it came", new ValueType.Text())),
                    EventType.of("ticket.customer-replied", "ticket", "The customer wrote."));
              }

              @Override
              public List<FactType> facts() {
                return List.of(
                    FactType.of(
                        "ticket",
                        "ticket",
                        "The ticket.",
                        Parameter.of("status", "Its status", new ValueType.Text())));
              }
            }));
  }

  @Bean
  NoteAction noteAction(Settings settings) {
    return new NoteAction(settings);
  }

  @Bean
  FactSource ticketFacts() {
    return new FactSource() {
      @Override
      public String name() {
        return "ticket";
      }

      @Override
      public Map<String, Object> factsOf(String subjectKind, long subject) {
        return Map.of("status", "open");
      }
    };
  }

  static final Map<Long, Long> RESPONSIBLE = new ConcurrentHashMap<>();

  @Bean
  Responsibility ticketResponsibility() {
    return new Responsibility() {
      @Override
      public String subjectKind() {
        return "ticket";
      }

      @Override
      public OptionalLong agentFor(long subject) {
        Long agent = RESPONSIBLE.get(subject);
        return agent == null ? OptionalLong.empty() : OptionalLong.of(agent);
      }

      @Override
      public Optional<String> teamFor(long subject) {
        return Optional.of("frontline");
      }
    };
  }
}
