package dev.evergreen.server.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Who writes about what and when: the same for the same seed, but for the dates, which follow the
/// calendar.
final class StoryPlans {
  private static final long SEED = 20_260_314;
  private static final int TICKETS_A_DAY = 22;
  private static final int LONGEST_DAYS = 90;
  private static final int SHORTEST_DAYS = 6;
  private static final int TICKETS_A_CUSTOMER = 6;

  /// How much people write in each hour of the day, in percent of the busiest.
  private static final int[] HOURS = {
    6, 3, 2, 1, 1, 3, 14, 38, 72, 96, 100, 92, 84, 80, 78, 76, 74, 72, 76, 88, 92, 70, 36, 14
  };

  private StoryPlans() {}

  /// How long a history of so many tickets is.
  static Duration length(int tickets) {
    return Duration.ofDays(Math.clamp(tickets / TICKETS_A_DAY, SHORTEST_DAYS, LONGEST_DAYS));
  }

  /// In the order in which they begin.
  static List<Story> of(int tickets, Instant begin, Instant end) {
    var random = new SplittableRandom(SEED);
    var people =
        DemoPeople.customers(random.split(), Math.max(24, tickets / TICKETS_A_CUSTOMER + 20));
    var scenarios = Scenarios.read();
    var moments = moments(tickets, begin, end, random.split());
    var stories = new ArrayList<Story>();
    for (var at : moments) {
      var customer = DemoPeople.any(people, random);
      var plan =
          new Story.Plan(
              stories.size() + 1,
              at,
              customer,
              scenarios.pick(customer, random),
              Temper.any(random),
              channel(random));
      stories.add(new Story(plan, SEED));
    }
    return stories;
  }

  private static String channel(RandomGenerator random) {
    var drawn = random.nextInt(100);
    return drawn < 5 ? "phone" : drawn < 8 ? "chat" : "email";
  }

  private static List<Instant> moments(
      int count, Instant begin, Instant end, RandomGenerator random) {
    var seconds = Duration.between(begin, end).toSeconds() - 240;
    return Stream.generate(() -> begin.plusSeconds(120 + random.nextLong(seconds)))
        .filter(at -> random.nextInt(100) < busyness(at))
        .limit(count)
        .sorted()
        .toList();
  }

  private static int busyness(Instant at) {
    var local = at.atZone(ZoneId.systemDefault());
    var day = local.getDayOfWeek();
    var share = day == DayOfWeek.MONDAY ? 100 : day.getValue() > 5 ? 62 : 84;
    return HOURS[local.getHour()] * share / 100;
  }
}
