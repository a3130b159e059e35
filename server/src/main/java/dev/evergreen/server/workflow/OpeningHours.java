package dev.evergreen.server.workflow;

import dev.evergreen.engine.BusinessHours;
import dev.evergreen.engine.BusinessHours.Period;
import dev.evergreen.server.platform.Setting;
import dev.evergreen.server.platform.Settings;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/// The organization's business hours: what deadlines such as `4 business hours` are counted in.
@Component
public final class OpeningHours {
  /// A time zone, then the days that are open with their periods: `Europe/Berlin; monday
  /// 09:00-12:00 13:00-17:00; tuesday 09:00-17:00`.
  public static final Setting<String> SETTING =
      Setting.text(
          "workflow.business-hours",
          "UTC; monday 09:00-17:00; tuesday 09:00-17:00; wednesday 09:00-17:00;"
              + " thursday 09:00-17:00; friday 09:00-17:00");

  private record Known(String text, BusinessHours hours) {}

  private final Settings settings;
  private volatile Known known = parsed(SETTING.initial());

  OpeningHours(Settings settings) {
    this.settings = settings;
  }

  public BusinessHours now() {
    String text = settings.get(SETTING);
    Known last = known;
    if (!last.text().equals(text)) {
      last = parsed(text);
      known = last;
    }
    return last.hours();
  }

  /// Reads the setting's form. Throws `IllegalArgumentException` or `DateTimeException` when the
  /// text is not of that form.
  public static BusinessHours parse(String text) {
    String[] parts = text.strip().split("\\s*;\\s*");
    Map<DayOfWeek, List<Period>> week = new EnumMap<>(DayOfWeek.class);
    for (int i = 1; i < parts.length; i++) {
      String[] words = parts[i].split("\\s+");
      var periods = new ArrayList<Period>();
      for (int j = 1; j < words.length; j++) {
        String[] ends = words[j].split("-", 2);
        if (ends.length != 2) {
          throw new IllegalArgumentException(
              "expected a period such as 09:00-17:00, but found " + words[j]);
        }
        periods.add(new Period(LocalTime.parse(ends[0]), LocalTime.parse(ends[1])));
      }
      week.put(DayOfWeek.valueOf(words[0].toUpperCase(Locale.ROOT)), periods);
    }
    return new BusinessHours(ZoneId.of(parts[0]), week, Map.of());
  }

  private static Known parsed(String text) {
    return new Known(text, parse(text));
  }
}
