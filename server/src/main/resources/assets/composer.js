// The composer: a text field that becomes an editor when somebody begins to write. It keeps a draft
// while one writes, takes files in as they are dropped, and puts in canned responses after "::".
import { token } from "./token.js";
import { takeFiles } from "./files.js";
import { offerCanned } from "./canned.js";
import { offerMacros } from "./macros.js";
import { chooseCopies } from "./copies.js";
import { showSignature } from "./signature.js";
import { chooseWays } from "./ways.js";
import { sayWriting } from "./presence.js";
import { said } from "./text.js";

const SAVE_AFTER = 800;

// What one writes in, whichever it is at the moment: the plain field, or the editor over it.
class Words {
  constructor(form) {
    this.form = form;
    this.field = form.querySelector("textarea");
    this.hidden = form.querySelector("[name=html]");
    this.label = this.field.getAttribute("aria-label");
    this.editor = undefined;
    this.plain = false;
    this.keydowns = [];
    if (this.hidden.value || document.activeElement === this.field) this.open();
    this.field.addEventListener("focus", () => this.open());
  }

  isNote() { return new FormData(this.form).get("kind") === "note"; }

  // A note is plain text: it is written in the field itself.
  async open() {
    if (this.isNote() || this.editor) return;
    await (this.opening ??= import("./editor.js").then(({ openEditor }) => this.become(openEditor), () => { this.opening = undefined; }));
  }

  follow(note) {
    if (!this.editor || this.plain === note) return;
    this.plain = note;
    if (note) this.hidden.value = "";
    else if (this.field.value !== this.left) this.editor.replace(this.field.value);
    this.left = this.field.value;
    this.place.hidden = note;
    this.field.hidden = !note;
    if (note) this.field.setAttribute("aria-label", this.label);
    else this.field.removeAttribute("aria-label");
    if (!note) this.carry();
  }

  get rich() { return this.plain ? undefined : this.editor; }

  become(openEditor) {
    const { field, form } = this, focused = document.activeElement === field;
    const place = document.createElement("div");
    field.after(place);
    this.place = place;
    this.editor = openEditor(place, {
      text: field.value,
      html: this.hidden.value,
      images: `${form.dataset.draft}/pictures/`,
      words: () => field.placeholder,
      label: () => this.plain ? undefined : this.label,
      keydown: event => this.keydowns.some(heard => heard(event)),
      changed: () => this.carry(),
      selected: () => form.dispatchEvent(new Event("formats")),
      files: files => this.files?.(files),
    });
    field.hidden = true;
    field.removeAttribute("aria-label");
    this.hidden.value = this.editor.isBlank() ? "" : this.editor.html();
    this.follow(this.isNote());
    form.querySelector("[data-formats]").hidden = false;
    if (focused) {
      this.editor.focus();
      this.editor.goTo(field.value.slice(0, field.selectionStart).replaceAll(/^- |\n/gm, "").length);
    }
    form.dispatchEvent(new Event("formats"));
  }

  // The form's own fields say at any time what would be sent.
  carry() {
    this.field.value = this.editor.text();
    this.hidden.value = this.editor.isBlank() ? "" : this.editor.html();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  before() { return this.rich ? this.rich.before() : this.field.value.slice(0, this.field.selectionStart); }

  isFocused() { return this.rich ? this.rich.isFocused() : document.activeElement === this.field; }

  focus() { (this.rich ?? this.field).focus(); }

  active() { return this.rich ? this.rich.view.dom : this.field; }

  // In the place of so many letters before the cursor.
  insert(text, instead = 0) {
    if (this.rich) return this.rich.insert(text, instead);
    const end = this.field.selectionEnd;
    this.field.setRangeText(text, this.field.selectionStart - instead, end, "end");
    this.field.focus();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Keys that somebody else takes first answer true.
  onKeyDown(heard) {
    this.keydowns.push(heard);
    this.field.addEventListener("keydown", event => { if (heard(event)) { event.preventDefault(); event.stopPropagation(); } });
  }
}

// What could not be kept on the server, for instance because the sign-in has expired, stays in this
// tab until it can.
function keepDraft(form, words) {
  const { field, hidden } = words, state = form.querySelector("[data-draft-state]"), mine = form.dataset.mine;
  const { cc, bcc } = form.elements;
  const now = () => ({ text: field.value, html: hidden.value, ...cc && { cc: cc.value, bcc: bcc.value } });
  let timer, saved = JSON.stringify(now()), sending = false;
  const save = async (leaving = false) => {
    clearTimeout(timer);
    const what = now(), { text, html } = what;
    if (sending || JSON.stringify(what) === saved) return;
    try {
      const body = new URLSearchParams({ ...what, kind: new FormData(form).get("kind") ?? "reply" });
      const response = await fetch(form.dataset.draft, { method: "POST", headers: token(), body, keepalive: leaving && body.toString().length < 60_000 });
      if (!response.ok || response.redirected) throw new Error(response.status);
      saved = JSON.stringify(what);
      sessionStorage.removeItem(mine);
      state.textContent = text || html ? said("Draft saved") : "";
    } catch {
      sessionStorage.setItem(mine, JSON.stringify(what));
      state.textContent = said("Draft kept here, not saved yet");
      timer = setTimeout(save, 5_000);
    }
  };
  form.addEventListener("input", event => {
    if (event.target !== field && event.target !== cc && event.target !== bcc) return;
    state.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER);
  });
  form.addEventListener("submit", () => {
    sending = true;
    clearTimeout(timer);
    sessionStorage.setItem(mine, JSON.stringify(now()));
  });
  form.addEventListener("htmx:afterRequest", () => { sending = false; });
  addEventListener("pagehide", () => save(true));
  addEventListener("pageshow", event => { if (event.persisted) sending = false; });
}

// A draft that only this tab has comes back; one that was sent since is gone from the page, which
// says so by an address that a form leads to.
function restore(form) {
  const mine = form.dataset.mine, kept = sessionStorage.getItem(mine);
  if (!kept) return;
  sessionStorage.removeItem(mine);
  if (document.getElementById("flash")?.textContent.trim() || form.querySelector("[role=alert]:not([hidden])")) return;
  const { text, html, cc, bcc } = JSON.parse(kept);
  if (form.elements.cc && cc !== undefined) {
    form.elements.cc.value = cc;
    form.elements.bcc.value = bcc;
  }
  form.querySelector("textarea").value = text;
  form.querySelector("[name=html]").value = html;
  form.dataset.restored = "true";
}

function format(form, words) {
  const bar = form.querySelector("[data-formats]"), address = bar.querySelector("[data-address]"), input = address.querySelector("input"), link = bar.querySelector("[data-link]");
  const ask = open => {
    address.hidden = !open;
    link.setAttribute("aria-expanded", String(open));
    if (open) { input.value = words.editor.linked(); input.focus(); input.select(); } else words.focus();
  };
  const done = () => { ask(false); words.editor.link(input.value.trim()); };
  bar.addEventListener("click", event => {
    const button = event.target.closest("button");
    if (!button || !words.editor) return;
    if (button.dataset.format) words.editor.format(button.dataset.format);
    else if (button === link) ask(address.hidden);
    else done();
  });
  input.addEventListener("keydown", event => {
    if (event.key === "Enter") done();
    else if (event.key === "Escape") ask(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  words.onKeyDown(event => {
    if (!words.rich || event.key.toLowerCase() !== "l" || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return false;
    ask(true);
    return true;
  });
  form.addEventListener("formats", () => {
    for (const button of bar.querySelectorAll("[data-format]")) button.setAttribute("aria-pressed", String(words.editor.isOn(button.dataset.format)));
  });
}

function followKind(form, words) {
  const { field } = words, send = form.querySelector("[data-send-words]");
  const show = () => {
    const note = new FormData(form).get("kind") === "note";
    form.classList.toggle("is-note", note);
    field.placeholder = note ? field.dataset.note : field.dataset.reply;
    words.follow(note);
    words.editor?.refresh();
    send.textContent = note ? said("Add note") : said("Send");
  };
  form.addEventListener("click", event => {
    if (event.target.name !== "kind") return;
    show();
    words.focus();
  });
  show();
}

// Whoever completes the step by sending has to have checked its list, which stands in another form.
function carryChecklist(form) {
  form.addEventListener("submit", event => {
    form.querySelectorAll("[data-carried]").forEach(old => old.remove());
    const step = document.getElementById(event.submitter?.dataset.completes);
    if (!step) return;
    const boxes = [...step.querySelectorAll("[type=checkbox]")];
    if (!boxes.every(box => box.checked)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      boxes.find(box => !box.checked).reportValidity();
      return;
    }
    for (const box of boxes) {
      const carried = document.createElement("input");
      Object.assign(carried, { type: "hidden", name: box.name, value: box.value });
      carried.dataset.carried = "";
      form.append(carried);
    }
  });
}

function prepare(form) {
  if (form.dataset.ready) return;
  form.dataset.ready = "true";
  restore(form);
  chooseCopies(form);
  const words = new Words(form);
  carryChecklist(form);
  sayWriting(form);
  chooseWays(form, words);
  showSignature(form, words);
  takeFiles(form, words);
  offerCanned(form, words);
  offerMacros(form, words);
  keepDraft(form, words);
  format(form, words);
  followKind(form, words);
  if (form.dataset.restored) words.open().then(() => words.editor?.view && words.carry());
}

export function openComposers() {
  const all = () => document.querySelectorAll("form[data-composer]").forEach(prepare);
  all();
  document.addEventListener("htmx:afterSettle", all);
}
