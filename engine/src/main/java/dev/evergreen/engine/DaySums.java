package dev.evergreen.engine;

import java.util.Arrays;
import java.util.SortedMap;

/// Sums over days of a quantity that repeats weekly, except on single dates: open time, or open
/// days. Every question costs O(log e) for e exceptions, however far apart the days are.
///
/// Days are counted from 1970-01-01, as [java.time.LocalDate#toEpochDay] does.
final class DaySums {
  /// 1970-01-05 was a Monday.
  private static final long FIRST_MONDAY = 4;

  /// Sum of the weekdays before each, from Monday; the last is that of a whole week.
  private final long[] weekBefore = new long[8];

  private final long[] exceptionDays;

  /// By how much all exceptions before the i-th change the sum.
  private final long[] changeBefore;

  private final long[] exceptionValues;

  /// @param week the value of each weekday from Monday, never negative; one at least above 0
  /// @param exceptions the value of each day that differs
  DaySums(long[] week, SortedMap<Long, Long> exceptions) {
    for (int i = 0; i < 7; i++) {
      weekBefore[i + 1] = weekBefore[i] + week[i];
    }
    int count = exceptions.size();
    exceptionDays = new long[count];
    exceptionValues = new long[count];
    changeBefore = new long[count + 1];
    int i = 0;
    for (var exception : exceptions.entrySet()) {
      long day = exception.getKey();
      exceptionDays[i] = day;
      exceptionValues[i] = exception.getValue();
      changeBefore[i + 1] = changeBefore[i] + exception.getValue() - week[weekday(day)];
      i++;
    }
  }

  /// 0 is Monday.
  static int weekday(long day) {
    return (int) Math.floorMod(day - FIRST_MONDAY, 7L);
  }

  /// The sum of all days from the first Monday of 1970 up to `day`, without it; negative before.
  long before(long day) {
    int found = Arrays.binarySearch(exceptionDays, day);
    int passed = found >= 0 ? found : -found - 1;
    return weeklyBefore(day) + changeBefore[passed];
  }

  /// The first day at whose end the sum is `sum` or more.
  long dayReaching(long sum) {
    int passed = exceptionsEndingBelow(sum);
    if (passed < exceptionDays.length && before(exceptionDays[passed]) < sum) {
      return exceptionDays[passed];
    }
    long weekly = sum - changeBefore[passed];
    long week = Math.floorDiv(weekly - 1, weekBefore[7]);
    long rest = weekly - week * weekBefore[7];
    int weekday = 0;
    while (weekBefore[weekday + 1] < rest) {
      weekday++;
    }
    return FIRST_MONDAY + week * 7 + weekday;
  }

  /// How many exceptions, from the first, have a sum at their end that is below `sum`.
  private int exceptionsEndingBelow(long sum) {
    int low = 0;
    int high = exceptionDays.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (before(exceptionDays[middle]) + exceptionValues[middle] < sum) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long weeklyBefore(long day) {
    long week = Math.floorDiv(day - FIRST_MONDAY, 7L);
    return week * weekBefore[7] + weekBefore[weekday(day)];
  }
}
