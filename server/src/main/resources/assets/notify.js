// Tells of what happens beside the browser's window. Of all open pages one does it: whoever holds the
// lock. Nothing is told of what somebody looks at, and nothing twice.
const LOCK = "evergreen-notifies", ANSWER = 150;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("evergreen-looking") : undefined;
let asking = Promise.resolve(), lookedAt = new Set();

const bell = () => document.getElementById("bell");
const possible = () => bell() && "Notification" in window && "locks" in navigator && channel;

// Pages that are looked at say so when they are asked.
function onQuestion(event) {
  if (event.data === "who?" && !document.hidden) channel.postMessage(location.pathname);
  else if (event.data !== "who?") lookedAt.add(event.data);
}

async function pathsLookedAt() {
  lookedAt = new Set(document.hidden ? [] : [location.pathname]);
  channel.postMessage("who?");
  await new Promise(answered => setTimeout(answered, ANSWER));
  return lookedAt;
}

function show(one) {
  const told = new Notification(one.title, { body: one.text, tag: `evergreen-${one.id}`, icon: document.querySelector("link[rel=icon]")?.href });
  told.addEventListener("click", () => {
    window.focus();
    location.assign(one.href);
    told.close();
  });
}

async function tell() {
  const key = `evergreen-told-${bell().dataset.live}`, last = localStorage.getItem(key);
  const response = await fetch(`/notifications/news${last === null ? "" : `?after=${last}`}`).catch(() => undefined);
  if (!response?.ok || response.redirected) return;
  const { last: newest, news } = await response.json();
  localStorage.setItem(key, String(newest));
  if (news.length === 0) return;
  const seen = await pathsLookedAt();
  news.filter(one => !seen.has(one.href)).forEach(show);
}

// One question at a time, so that nothing is told by two answers.
const ask = () => { asking = asking.then(tell).catch(() => {}); };

function begin() {
  navigator.locks.request(LOCK, () => {
    document.documentElement.setAttribute("data-notifies", "");
    document.addEventListener("live", event => { if (event.detail === "bell") ask(); });
    ask();
    return new Promise(() => {});
  });
}

function showState(box) {
  for (const state of box.querySelectorAll("[data-notify-state]")) {
    state.hidden = state.dataset.notifyState !== Notification.permission;
  }
  box.hidden = false;
}

// Asked for only when somebody clicks.
function letAllow(box) {
  showState(box);
  box.querySelector("button[name=notify]").addEventListener("click", async () => {
    if (await Notification.requestPermission() === "granted") begin();
    showState(box);
  });
}

export function notify() {
  if (!possible()) return;
  channel.addEventListener("message", onQuestion);
  const box = document.querySelector("[data-notify]");
  if (box) letAllow(box);
  if (Notification.permission === "granted") begin();
}
