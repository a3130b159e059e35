// The server says which subjects changed, never what: each region of the page that shows one is
// fetched again (data-live: the subjects or kinds it shows; data-src: where it comes from).
import { merge } from "./merge.js";
import { tellTimesIn } from "./times.js";

const QUIET = 150, BUSY_FOR = 1_000, FAILED_FOR = 2_000, HIDDEN_FOR = 20_000, FRESH_FOR = 30_000, FIRST_RETRY = 1_000, LAST_RETRY = 30_000;
let stream, hiding, retry = FIRST_RETRY;
const regions = () => document.querySelectorAll("[data-live][data-src][id]");
const offline = lost => document.querySelector(".offline")?.toggleAttribute("hidden", !lost);

// A region is another element after each answer, so what it waits for is kept by its id: a timer
// until it is fetched, and, while it is, whether it changed once more.
const timers = new Map(), fetching = new Map();

// A region in which someone has begun to fill in a form stays until they are done with it.
const busy = region => region.querySelector("form[data-touched], details[open] form, [data-chooses]:checked") !== null;

// A list that was paged on asks for as many rows as it shows, a conversation from where it begins.
function source(region) {
  const rows = region.querySelectorAll("[data-rows] > [data-row]").length, url = new URL(region.dataset.src, location);
  const since = region.querySelector("[data-since]")?.dataset.since;
  if (rows) url.searchParams.set("rows", rows);
  if (since) url.searchParams.set("since", since);
  return url;
}

// Answers in how many milliseconds to ask again; nothing when the region shows what there is. What
// fails without a stream waits for the stream, which fetches everything when it comes back.
async function renew(id) {
  if (!document.getElementById(id)) return;
  if (busy(document.getElementById(id))) return BUSY_FOR;
  const response = await fetch(source(document.getElementById(id)), { headers: { "HX-Request": "true" } }).catch(() => undefined);
  if (!response || response.status >= 500) return stream?.readyState === EventSource.OPEN ? FAILED_FOR : undefined;
  if (response.redirected || response.status === 404) { location.reload(); return; }
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").body.firstElementChild;
  const region = document.getElementById(id);
  if (!response.ok || !fresh || !region) return;
  if (busy(region)) return BUSY_FOR;
  tellTimesIn(fresh);
  merge(region, document.adoptNode(fresh));
  document.dispatchEvent(new CustomEvent("live", { detail: id }));
}

// One answer at a time, so that an old one never covers a newer one.
async function fetchAgain(id) {
  timers.delete(id);
  fetching.set(id, false);
  const wait = await renew(id).catch(() => FAILED_FOR);
  const changedMeanwhile = fetching.get(id);
  fetching.delete(id);
  if (wait || changedMeanwhile) later(id, wait ?? QUIET);
}

function later(id, wait = QUIET) {
  if (fetching.has(id)) { fetching.set(id, true); return; }
  clearTimeout(timers.get(id));
  timers.set(id, setTimeout(fetchAgain, wait + Math.random() * QUIET, id));
}

const allLater = () => regions().forEach(region => later(region.id));

function changed(subject) {
  const kind = subject.split(":")[0];
  for (const region of regions()) {
    const shown = region.dataset.live.split(" ");
    if (shown.includes(subject) || shown.includes(kind)) later(region.id);
  }
}

// Since when, and which ticket is looked at: colleagues on it see that somebody is.
function address(again) {
  const wanted = new URLSearchParams(), ticket = document.querySelector("[data-ticket]")?.dataset.ticket;
  if (!again) wanted.set("since", document.querySelector("meta[name=now]").content);
  if (ticket) wanted.set("ticket", ticket);
  return `/live?${wanted}`;
}

function open() {
  const again = retry > FIRST_RETRY || performance.now() > FRESH_FOR;
  stream = new EventSource(address(again));
  stream.addEventListener("open", () => {
    if (again) allLater();
    retry = FIRST_RETRY;
    offline(false);
  });
  stream.addEventListener("message", event => changed(event.data));
  stream.addEventListener("ended", () => location.reload());
  stream.addEventListener("error", () => {
    stream?.close();
    stream = undefined;
    offline(retry > 3 * FIRST_RETRY);
    retry = Math.min(retry * 2, LAST_RETRY);
    if (!rests()) setTimeout(open, retry * (0.25 + Math.random() / 2));
  });
}

// A browser has few connections to one server: a page that nobody looks at gives its own back, but
// for the one that shows notifications (see notify.js).
const rests = () => document.hidden && !document.documentElement.hasAttribute("data-notifies");

function onVisibility() {
  clearTimeout(hiding);
  if (rests()) {
    hiding = setTimeout(() => { stream?.close(); stream = undefined; }, HIDDEN_FOR);
  } else if (!stream) {
    allLater();
    open();
  }
}

export function listenForChanges() {
  if (regions().length === 0) return;
  open();
  document.addEventListener("visibilitychange", onVisibility);
  document.addEventListener("input", event => event.target.closest("[data-live] form")?.setAttribute("data-touched", ""));
}
