// The editor of a draft: what is typed is checked while it is typed and saved when the hands rest;
// what is changed in the steps changes the text beside them. Without any of this both are forms.
import { tellTimesIn } from "./times.js";

const CHECK_AFTER = 350, SAVE_AFTER = 2_500;
const PARTS = ["bar", "trouble", "flow", "checked"];
let checking, saving, asked = 0, busy = Promise.resolve();

const editor = () => document.getElementById("editor");
const field = () => document.getElementById("text");
const token = () => document.querySelector("meta[name=csrf]");
const say = words => document.querySelector("[data-saved]")?.replaceChildren(words);

// The numbers of the lines, and a mark at those that the checks speak of.
function number() {
  const gutter = document.querySelector("[data-code] .gutter"), lines = field().value.split("\n").length;
  field().rows = Math.max(12, lines + 1);
  const moods = new Map();
  for (const finding of document.querySelectorAll("#checked [data-line]")) {
    const line = Number(finding.dataset.line);
    if (moods.get(line) !== "late") moods.set(line, finding.dataset.mood);
  }
  const rows = [];
  for (let line = 1; line <= lines; line++) {
    const row = document.createElement("span");
    row.textContent = line;
    if (moods.has(line)) row.className = moods.get(line);
    rows.push(row);
  }
  gutter.replaceChildren(...rows);
}

function put(fresh) {
  const focused = document.activeElement?.id, start = document.activeElement?.selectionStart;
  for (const id of PARTS) {
    const old = document.getElementById(id), next = fresh.querySelector(`#${id}`);
    if (old && next && !old.isEqualNode(next)) old.replaceWith(document.adoptNode(next));
  }
  if (focused && document.activeElement?.id !== focused) {
    const again = document.getElementById(focused);
    again?.focus({ preventScroll: true });
    if (start != null && again?.setSelectionRange && again.type !== "checkbox") again.setSelectionRange(start, start);
  }
}

// Sends a change or a check, and shows what came of it. Text that was typed meanwhile stays.
async function send(path, form) {
  const turn = ++asked, sent = field().value;
  const response = await fetch(path, {
    method: "POST",
    headers: { "HX-Request": "true", [token().dataset.header]: token().content },
    body: new URLSearchParams(form),
  }).catch(() => undefined);
  if (!response) return say("The server cannot be reached. Nothing was lost here.");
  if (response.redirected) return location.assign(response.url);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("editor");
  if (!fresh) return location.reload();
  for (const input of document.querySelectorAll("#editor [name=revision]")) {
    input.value = fresh.querySelector("#text-form [name=revision]").value;
  }
  if (turn !== asked) return;
  tellTimesIn(fresh);
  const text = fresh.querySelector("#text").value;
  const untouched = field().value === sent;
  put(fresh);
  if (untouched && field().value !== text) field().value = text;
  number();
  document.dispatchEvent(new Event("studio"));
}

const enqueue = work => (busy = busy.then(work, work));
const revision = () => document.querySelector("#text-form [name=revision]").value;
const check = () => enqueue(() => send(`${editor().dataset.path}/check`, { text: field().value }));

function save() {
  clearTimeout(checking);
  clearTimeout(saving);
  enqueue(() => send(editor().dataset.path, { text: field().value, revision: revision() }));
}

function typed() {
  say("not saved yet");
  number();
  clearTimeout(checking);
  clearTimeout(saving);
  checking = setTimeout(check, CHECK_AFTER);
  saving = setTimeout(save, SAVE_AFTER);
}

// A form beside the text changes the text as it stands in its field, saved or not.
function change(form, submitter) {
  clearTimeout(checking);
  clearTimeout(saving);
  enqueue(() => {
    const data = new FormData(form, submitter);
    data.set("text", field().value);
    data.set("revision", revision());
    return send(form.action, data);
  });
}

function goTo(line, column) {
  const before = field().value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  field().focus({ preventScroll: true });
  field().setSelectionRange(before + column - 1, before + column - 1);
  const height = field().getBoundingClientRect().height / field().rows;
  const work = document.querySelector(".work");
  work.scrollTo({ top: work.scrollTop + field().getBoundingClientRect().top + height * (line - 6), behavior: "smooth" });
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
  }
}

if (editor()) {
  number();
  field().addEventListener("input", typed);
  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", event => {
    if (event.target.id === "text-form") {
      event.preventDefault();
      save();
    } else if (event.target.matches("[data-change]")) {
      event.preventDefault();
      change(event.target, event.submitter);
    }
  });
  document.addEventListener("click", event => {
    const finding = event.target.closest("#checked [data-line]");
    if (finding) {
      event.preventDefault();
      goTo(Number(finding.dataset.line), Number(finding.dataset.column));
    }
  });
  addEventListener("beforeunload", event => {
    if (document.querySelector("[data-saved]")?.textContent.startsWith("not saved")) event.preventDefault();
  });
}
