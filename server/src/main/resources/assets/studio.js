// The editor of a draft: what is typed is checked while it is typed and saved when the hands rest;
// what is changed in the steps changes the text beside them. Without any of this both are forms.
import { tellTimesIn } from "./times.js";
import { said } from "./text.js";

const CHECK_AFTER = 350, SAVE_AFTER = 2_500, FILL_AFTER = 600;
const PARTS = ["bar", "trouble", "flow", "checked"];
let checking, saving, unsaved = false, asked = 0, busy = Promise.resolve();

const editor = () => document.getElementById("editor");
const field = () => document.getElementById("text");
const token = () => document.querySelector("meta[name=csrf]");
const say = words => document.querySelector("[data-saved]")?.replaceChildren(words);

const inForm = name => document.querySelector(`#text-form [name=${name}]`);
let touched = false;

// The lines that a step stands on: up to where the next one begins.
function linesOf(block) {
  const from = Number(block.dataset.line);
  const others = [...document.querySelectorAll("#flow .block[data-line]")].map(it => Number(it.dataset.line));
  return [from, Math.min(...others.filter(line => line > from), field().value.split("\n").length + 1) - 1];
}

// The numbers of the lines, with a mark at those that the checks speak of and at the chosen step's.
function number() {
  const gutter = document.querySelector("[data-code] .gutter"), lines = field().value.split("\n").length;
  field().rows = Math.max(12, lines + 1);
  const moods = new Map(), chosen = document.querySelector("#flow .block.chosen:not(#step-head)");
  const [from, to] = chosen ? linesOf(chosen) : [0, -1];
  for (const finding of document.querySelectorAll("#checked [data-line]")) {
    const line = Number(finding.dataset.line);
    if (moods.get(line) !== "late") moods.set(line, finding.dataset.mood);
  }
  const rows = [];
  for (let line = 1; line <= lines; line++) {
    const row = document.createElement("span");
    row.textContent = line;
    if (line >= from && line <= to) row.classList.add("here");
    if (moods.has(line)) row.classList.add(moods.get(line));
    rows.push(row);
  }
  gutter.replaceChildren(...rows);
}

function put(fresh) {
  const opened = document.querySelector("#flow .chosen details.more")?.open;
  const focused = document.activeElement, start = focused?.selectionStart, inFlow = focused?.closest("#flow");
  for (const id of PARTS) {
    const old = document.getElementById(id), next = fresh.querySelector(`#${id}`);
    if (old && next && !old.isEqualNode(next)) old.replaceWith(document.adoptNode(next));
  }
  const more = document.querySelector("#flow .chosen details.more");
  if (more && opened) more.open = true;
  if (focused?.isConnected || !focused) return;
  const again = (focused.id && document.getElementById(focused.id)) || (inFlow && document.querySelector("#flow .chosen .open"));
  again?.focus({ preventScroll: true });
  if (start != null && again?.setSelectionRange && again.type !== "checkbox") again.setSelectionRange(start, start);
}

// What the page is called follows what is written; a text that cannot be read leaves it as it is.
function call({ title, purpose }) {
  if (title) {
    document.querySelector(".top h1").textContent = title;
    document.title = `${title} · Evergreen`;
  }
  if (purpose) document.getElementById("purpose").textContent = purpose;
}

// Sends a change or a check, and shows what came of it. What was typed meanwhile stays: the answer
// to it follows.
async function send(path, form) {
  const turn = ++asked, sent = field().value;
  touched = false;
  const response = await fetch(path, {
    method: "POST",
    headers: { "HX-Request": "true", [token().dataset.header]: token().content },
    body: new URLSearchParams(form),
  }).catch(() => undefined);
  if (!response) return say(said("The server cannot be reached. Nothing was lost here."));
  if (response.redirected) return location.assign(response.url);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("editor");
  if (!fresh) return location.reload();
  for (const input of document.querySelectorAll("main [name=revision]")) {
    input.value = fresh.querySelector("#text-form [name=revision]").value;
  }
  if (turn !== asked || touched) return;
  inForm("step").value = fresh.querySelector("#text-form [name=step]").value;
  tellTimesIn(fresh);
  const text = fresh.querySelector("#text").value, untouched = field().value === sent;
  put(fresh);
  call(fresh.dataset);
  if (untouched && field().value !== text) field().value = text;
  number();
  sortable();
  follow();
}

// Whatever is chosen after a change is seen, and stays chosen when the page is loaded again.
function follow() {
  const step = inForm("step").value, chosen = document.querySelector("#flow .block.chosen");
  const address = location.pathname + (step ? `?step=${step}` : "");
  if (location.pathname + location.search === address) return;
  history.replaceState(null, "", address);
  chosen?.scrollIntoView({ block: "nearest" });
}

const enqueue = work => (busy = busy.then(work, work));
const revision = () => inForm("revision").value;
const look = step => enqueue(() => send(`${editor().dataset.path}/check`, { text: field().value, revision: revision(), step: step ?? inForm("step").value }));

function rest() {
  clearTimeout(checking);
  clearTimeout(saving);
  unsaved = false;
}

// `over` is the revision of somebody else's that is to be written over.
function save(over) {
  rest();
  enqueue(() => send(editor().dataset.path, { text: field().value, revision: revision(), step: inForm("step").value, ...(over && { over }) }));
}

function typed() {
  say(said("not saved yet"));
  number();
  rest();
  unsaved = true;
  checking = setTimeout(() => look(), CHECK_AFTER);
  saving = setTimeout(() => save(), SAVE_AFTER);
}

// What is changed beside the text changes it as it stands in its field, saved or not.
function sendChange(path, data) {
  if (unsaved && path.endsWith("/undo")) save(); // what is taken back is what was typed last
  rest();
  enqueue(() => {
    data.set("text", field().value);
    data.set("revision", revision());
    return send(path, data);
  });
}

function filled(form) {
  say(said("not saved yet"));
  touched = true;
  rest();
  saving = setTimeout(() => {
    const data = new FormData(form);
    for (const later of form.querySelectorAll("[data-waits]")) data.delete(later.name);
    sendChange(form.action, data);
  }, FILL_AFTER);
}

// What drags is fetched when a pointer first moves: by keyboard nobody needs it.
document.addEventListener("pointerover", () => import("./Sortable.min.js").then(sortable), { once: true });

// Steps are dragged by their grips; the same is done by the buttons of the chosen step.
function sortable() {
  for (const list of document.querySelectorAll("#flow [data-list]:not([data-between])")) {
    list.dataset.between = "";
    if (list.dataset.group === "steps") [...list.children].forEach(between);
  }
  if (!globalThis.Sortable) return;
  for (const list of document.querySelectorAll("#flow [data-list]:not([data-sorts])")) {
    list.dataset.sorts = "";
    globalThis.Sortable.create(list, {
      group: list.dataset.group,
      handle: ".grip",
      draggable: "li",
      animation: 120,
      fallbackOnBody: true,
      swapThreshold: 0.6,
      invertedSwapThreshold: 1, // a nested list takes a step wherever it is entered
      emptyInsertThreshold: 14,
      ghostClass: "ghost",
      onStart: () => editor().classList.add("dragging"),
      onEnd: ({ item, from, to, oldDraggableIndex: old, newDraggableIndex: now }) => {
        editor().classList.remove("dragging");
        if (from === to && old === now) return;
        const data = new FormData();
        data.set("list", to.dataset.list);
        data.set("position", from === to && now > old ? now + 1 : now);
        sendChange(`${editor().dataset.path}/steps/${item.dataset.id}/place`, data);
      },
    });
  }
}

// A quiet button above each step, by which one more is put there.
function between(item) {
  const button = document.createElement("button"), title = item.querySelector(".open .strong").textContent;
  button.type = "button";
  button.className = "between";
  button.textContent = "+";
  button.setAttribute("aria-label", said("Add a step above “{0}”", title));
  button.addEventListener("click", event => {
    event.stopPropagation();
    const adding = item.closest(".lane").querySelector(":scope > .adding");
    adding.querySelector("[name=position]").value = [...item.parentElement.children].indexOf(item);
    item.prepend(adding);
    adding.classList.add("here");
    adding.open = true;
  });
  item.prepend(button);
}

// What a menu offers is brought into sight, ready for the keyboard. One that was brought between
// steps goes back to the end of its list when nothing was chosen.
function onToggle(event) {
  const menu = event.target;
  if (!menu.matches?.("#editor details.adding")) return;
  if (menu.open) {
    menu.querySelector(".menu")?.scrollIntoView({ block: "nearest" });
    menu.querySelector(".menu-item")?.focus({ preventScroll: true });
  } else if (menu.classList.contains("here")) {
    const lane = menu.closest(".lane"), count = lane.querySelectorAll(":scope > .cards > li").length;
    menu.classList.remove("here");
    menu.querySelector("[name=position]").value = count;
    lane.append(menu);
  }
}

async function choose(link) {
  await look(link.dataset.step);
  const chosen = document.querySelector("#flow .block.chosen");
  if (chosen && chosen.id !== "step-head") show(Number(chosen.dataset.line));
}

// Brings a line of the text into sight.
function show(line) {
  const paper = document.querySelector(".paper"), row = document.querySelectorAll(".gutter span")[line - 1];
  if (row && paper.scrollHeight > paper.clientHeight) {
    paper.scrollTo({ top: paper.scrollTop + row.getBoundingClientRect().top - paper.getBoundingClientRect().top - 80, behavior: "smooth" });
  }
}

function goTo(line, column) {
  document.getElementById("text-of").open = true;
  const before = field().value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  field().focus({ preventScroll: true });
  field().setSelectionRange(before + column - 1, before + column - 1);
  show(line);
}

function onKey(event) {
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key === "s") {
    event.preventDefault();
    save();
  } else if (event.key === "Tab" && event.target === field() && !event.shiftKey && !control) {
    event.preventDefault();
    field().setRangeText("  ", field().selectionStart, field().selectionEnd, "end");
    typed();
  } else if (event.key === "Escape" && event.target === field()) {
    field().blur();
  } else if (event.key === "Escape" && event.target.closest("details.adding[open]")) {
    const menu = event.target.closest("details.adding");
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (control && !event.target.matches("input, textarea, select") && "zy".includes(event.key.toLowerCase())) {
    event.preventDefault();
    document.querySelector(`#bar [data-key=${event.key === "z" ? "z" : "y"}]`)?.click();
  }
}

function onClick(event) {
  const finding = event.target.closest("#checked [data-line]"), card = event.target.closest("#flow a[data-step]");
  if (finding) {
    event.preventDefault();
    goTo(Number(finding.dataset.line), Number(finding.dataset.column));
  } else if (card && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    choose(card);
  }
}

function onInput(event) {
  const form = event.target.matches("[data-waits]") ? null : event.target.closest("form[data-fills]");
  if (event.target === field()) typed();
  else if (form) {
    if (event.target.matches("select[name$='.type']")) {
      event.target.parentElement.querySelector("[name$='.choices']").hidden = event.target.value !== "choice";
    }
    filled(form);
  }
}

function onSubmit(event) {
  if (event.target.id === "text-form") {
    event.preventDefault();
    save(event.submitter?.name === "over" ? event.submitter.value : undefined);
  } else if (event.target.matches("[data-change]")) {
    event.preventDefault();
    sendChange(event.target.action, new FormData(event.target, event.submitter));
  }
}

// Whoever never looks at the text closes it once.
function rememberText() {
  const text = document.getElementById("text-of");
  text.open = localStorage.getItem("studio-text") !== "closed";
  text.addEventListener("toggle", () => localStorage.setItem("studio-text", text.open ? "open" : "closed"));
}

if (editor()) {
  rememberText();
  number();
  sortable();
  editor().dataset.scripted = "";
  document.addEventListener("input", onInput);
  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  document.addEventListener("toggle", onToggle, true);
  addEventListener("beforeunload", event => {
    if (document.querySelector("[data-saved]")?.textContent.startsWith(said("not saved yet"))) event.preventDefault();
  });
}
