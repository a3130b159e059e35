// The server says which subjects changed, never what: each region of the page that shows one fetches
// itself again (data-live: the subjects it shows; data-src: where it comes from).
const QUIET = 150, HIDDEN_FOR = 20_000;
let stream, retry = 1_000, hiding;
const waiting = new Map();
const regions = () => document.querySelectorAll("[data-live][data-src]");
const offline = lost => document.querySelector(".offline")?.toggleAttribute("hidden", !lost);

// A region in which someone is typing or choosing waits until they have left it.
const busy = region =>
  region.matches(":focus-within") && region.contains(document.activeElement) &&
  document.activeElement.matches("input, select, textarea") || region.querySelector("form[data-touched], details[data-menu][open]");

function fetchAgain(region) {
  waiting.delete(region);
  if (!region.isConnected) return;
  if (busy(region)) {
    region.addEventListener("focusout", () => later(region), { once: true });
    return;
  }
  htmx.ajax("GET", region.dataset.src, { target: region, swap: "outerHTML" });
}

function later(region) {
  clearTimeout(waiting.get(region));
  waiting.set(region, setTimeout(() => fetchAgain(region), QUIET + Math.random() * QUIET));
}

function changed(subject) {
  const kind = subject.split(":")[0];
  for (const region of regions()) {
    const shown = region.dataset.live.split(" ");
    if (shown.includes(subject) || shown.includes(kind)) later(region);
  }
}

function open() {
  stream = new EventSource("/live");
  stream.addEventListener("open", () => {
    if (retry > 1_000) regions().forEach(later);
    retry = 1_000;
    offline(false);
  });
  stream.addEventListener("message", event => changed(event.data));
  stream.addEventListener("ended", () => location.reload());
  stream.addEventListener("error", () => {
    stream.close();
    if (retry > 4_000) offline(true);
    setTimeout(open, retry * (0.5 + Math.random()));
    retry = Math.min(retry * 2, 30_000);
  });
}

// A browser has few connections to one server: a page that is not looked at gives its own back.
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
  if (!document.querySelector("[data-live]")) return;
  open();
  document.addEventListener("visibilitychange", onVisibility);
  document.addEventListener("input", event => {
    event.target.closest("[data-live] form")?.setAttribute("data-touched", "");
  });
}
