// The server says which subjects changed, never what: each region of the page that shows one is
// fetched again (data-live: the subjects or kinds it shows; data-src: where it comes from).
import { merge } from "./merge.js";
import { tellTimesIn } from "./times.js";

const QUIET = 150, HIDDEN_FOR = 20_000, FRESH_FOR = 30_000, FIRST_RETRY = 1_000, LAST_RETRY = 30_000;
let stream, hiding, retry = FIRST_RETRY;
const waiting = new Map();
const regions = () => document.querySelectorAll("[data-live][data-src]");
const offline = lost => document.querySelector(".offline")?.toggleAttribute("hidden", !lost);

// A region in which someone has begun to fill in a form stays until they are done with it.
const busy = region => region.querySelector("form[data-touched], details[open] form") !== null;

// A list that was paged on asks for as many rows as it shows, a conversation from where it begins.
function source(region) {
  const rows = region.querySelectorAll("[data-rows] > a[id]").length, url = new URL(region.dataset.src, location);
  const since = region.querySelector("[data-since]")?.dataset.since;
  if (rows) url.searchParams.set("rows", rows);
  if (since) url.searchParams.set("since", since);
  return url;
}

async function fetchAgain(region) {
  waiting.delete(region);
  if (!region.isConnected || busy(region)) return;
  const response = await fetch(source(region), { headers: { "HX-Request": "true" } }).catch(() => undefined);
  if (!response) return;
  if (response.redirected || response.status === 404) return location.reload();
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").body.firstElementChild;
  if (!response.ok || !fresh || !region.isConnected || busy(region)) return;
  tellTimesIn(fresh);
  merge(region, document.adoptNode(fresh));
  document.dispatchEvent(new Event("live"));
}

function later(region) {
  clearTimeout(waiting.get(region));
  waiting.set(region, setTimeout(fetchAgain, QUIET + Math.random() * QUIET, region));
}

function changed(subject) {
  const kind = subject.split(":")[0];
  for (const region of regions()) {
    const shown = region.dataset.live.split(" ");
    if (shown.includes(subject) || shown.includes(kind)) later(region);
  }
}

function open() {
  const again = retry > FIRST_RETRY || performance.now() > FRESH_FOR;
  stream = new EventSource(again ? "/live" : `/live?since=${encodeURIComponent(document.querySelector("meta[name=now]").content)}`);
  stream.addEventListener("open", () => {
    if (again) regions().forEach(later);
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
    if (!document.hidden) setTimeout(open, retry * (0.25 + Math.random() / 2));
  });
}

// A browser has few connections to one server: a page that nobody looks at gives its own back.
function onVisibility() {
  clearTimeout(hiding);
  if (document.hidden) {
    hiding = setTimeout(() => { stream?.close(); stream = undefined; }, HIDDEN_FOR);
  } else if (!stream) {
    regions().forEach(later);
    open();
  }
}

export function listenForChanges() {
  if (regions().length === 0) return;
  open();
  document.addEventListener("visibilitychange", onVisibility);
  document.addEventListener("input", event => event.target.closest("[data-live] form")?.setAttribute("data-touched", ""));
}
