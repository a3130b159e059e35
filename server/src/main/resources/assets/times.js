// Says times again as the minutes pass, in the browser's own zone; the words are those of Times.java.
import { language, said } from "./text.js";
const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const served = document.querySelector("meta[name=now]");
const offset = served ? Date.parse(served.content) - Date.now() : 0;
const now = () => new Date(Date.now() + offset);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const english = language === "en";
const clock = at => at.toLocaleTimeString(english ? "en-GB" : language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const weekday = at => at.toLocaleDateString(english ? "en-US" : language, { weekday: "short" });
const midnight = at => new Date(at.getFullYear(), at.getMonth(), at.getDate());
const daysAway = at => Math.round((midnight(at) - midnight(now())) / DAY);

function day(at) {
  const thisYear = at.getFullYear() === now().getFullYear();
  if (!english) return at.toLocaleDateString(language, { day: "numeric", month: "short", year: thisYear ? undefined : "numeric" });
  const words = at.toLocaleDateString("en-GB", { day: "numeric" }) + " " + at.toLocaleDateString("en-US", { month: "short" });
  return thisYear ? words : `${words} ${at.getFullYear()}`;
}

function span(length) {
  const minutes = Math.floor(length / MINUTE), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
  if (minutes < 60) return said("{0} min", Math.max(1, minutes));
  if (hours < 24) return minutes % 60 ? said("{0} h {1}", hours, minutes % 60) : said("{0} h", hours);
  return hours % 24 === 0 || hours >= 72 ? said("{0} d", days) : said("{0} d {1} h", days, hours % 24);
}

const say = {
  due(at) {
    const left = at - now();
    if (left < 0) return said("{0} late", span(-left));
    if (left < 2 * HOUR) return said("in {0}", span(left));
    const days = daysAway(at);
    if (days === 0) return said("today {0}", clock(at));
    return days === 1 ? said("tomorrow") : days < 7 ? weekday(at) : day(at);
  },
  past(at) {
    const ago = now() - at;
    if (ago < MINUTE) return said("just now");
    if (ago < HOUR) return said("{0} min ago", Math.floor(ago / MINUTE));
    const days = daysAway(at);
    if (days === 0) return clock(at);
    return days === -1 ? said("yesterday {0}", clock(at)) : day(at);
  },
  clock,
};

export function tellTimesIn(root) {
  for (const element of root.querySelectorAll("time[data-time]")) {
    const at = new Date(element.dateTime), kind = element.dataset.time, words = say[kind](at);
    if (element.textContent !== words) element.textContent = words;
    element.title = at.toLocaleString(english ? "en-GB" : language, { dateStyle: "full", timeStyle: "medium" });
    if (kind === "due") {
      const left = at - now(), mood = left < 0 ? "late" : left < 2 * HOUR ? "soon" : "calm";
      if (!element.classList.contains(mood)) {
        element.classList.remove("late", "soon", "calm");
        element.classList.add(mood);
      }
    }
  }
}

// What goes out in a moment: the seconds that are left.
function countDown() {
  for (const element of document.querySelectorAll("time[data-until]")) {
    const left = Math.ceil((new Date(element.dateTime) - now()) / 1_000), words = left > 0 ? said("in {0} s", left) : said("now");
    if (element.textContent !== words) element.textContent = words;
  }
}

export function tellTimes() {
  document.cookie = `zone=${zone}; path=/; max-age=31536000; samesite=lax`;
  tellTimesIn(document);
  setInterval(() => tellTimesIn(document), 20_000);
  countDown();
  setInterval(countDown, 500);
  document.addEventListener("htmx:afterSettle", event => tellTimesIn(event.target.parentElement ?? document));
}
