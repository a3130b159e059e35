// The composer: keeps a draft while one writes, sends with Ctrl+Enter (with Shift it completes the
// step too), lists the files that will go out, and puts in canned responses after "::".
const SAVE_AFTER = 800;

function token(headers = {}) {
  const meta = document.querySelector("meta[name=csrf]");
  return meta?.dataset.header ? { ...headers, [meta.dataset.header]: meta.content } : headers;
}

function keepDraft(form) {
  const field = form.querySelector("textarea"), state = form.querySelector("[data-draft-state]");
  let timer, saved = field.value, sending = false;
  const save = async (leaving = false) => {
    clearTimeout(timer);
    if (sending || field.value === saved) return;
    const text = field.value;
    try {
      const body = new URLSearchParams({ text, kind: new FormData(form).get("kind") ?? "reply" });
      const response = await fetch(form.dataset.draft, { method: "POST", headers: token(), body, keepalive: leaving });
      if (!response.ok) throw new Error(response.status);
      saved = text;
      state.textContent = text ? "Draft saved" : "";
    } catch {
      state.textContent = "Draft not saved, trying again";
      timer = setTimeout(save, 5_000);
    }
  };
  form.addEventListener("input", event => {
    if (event.target !== field) return;
    state.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER);
  });
  form.addEventListener("submit", () => { sending = true; clearTimeout(timer); });
  form.addEventListener("htmx:afterRequest", () => { sending = false; });
  addEventListener("pagehide", () => save(true));
}

function listFiles(form) {
  const input = form.querySelector("input[type=file]"), list = form.querySelector("[data-file-list]");
  if (!input || !list) return;
  const show = () => list.replaceChildren(...[...input.files].map((file, place) => {
    const item = document.createElement("span"), remove = document.createElement("button");
    item.className = "attach";
    item.textContent = file.name;
    remove.type = "button";
    remove.className = "quiet";
    remove.textContent = "×";
    remove.setAttribute("aria-label", `Remove ${file.name}`);
    remove.addEventListener("click", () => {
      const rest = new DataTransfer();
      [...input.files].filter((_, other) => other !== place).forEach(kept => rest.items.add(kept));
      input.files = rest.files;
      show();
      input.focus();
    });
    item.append(remove);
    return item;
  }));
  input.addEventListener("change", show);
  form.addEventListener("paste", event => {
    if (!event.clipboardData.files.length) return;
    const all = new DataTransfer();
    [...input.files, ...event.clipboardData.files].forEach(file => all.items.add(file));
    input.files = all.files;
    show();
  });
}

function offerCanned(form) {
  const field = form.querySelector("textarea"), popup = form.querySelector("[data-canned]");
  let fetched;
  const load = () => fetched ??= fetch(popup.dataset.canned)
    .then(answer => answer.ok ? answer.text() : Promise.reject(answer.status))
    .then(html => { popup.innerHTML = html; look(); }, () => { fetched = undefined; });
  const options = () => [...popup.querySelectorAll("[role=option]")].filter(option => !option.hidden);
  let chosen = 0;
  const asked = () => field.value.slice(0, field.selectionStart).match(/(?:^|\s)::([\p{L}\d-]*)$/u)?.[1];
  const mark = place => {
    chosen = (place + options().length) % options().length;
    options().forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
    field.setAttribute("aria-activedescendant", options()[chosen].id);
    options()[chosen].scrollIntoView({ block: "nearest" });
  };
  const hide = () => { popup.hidden = true; field.removeAttribute("aria-activedescendant"); };
  const look = () => {
    const words = asked()?.toLowerCase();
    if (words === undefined) return hide();
    load();
    for (const option of popup.querySelectorAll("[role=option]")) {
      option.hidden = !option.textContent.toLowerCase().includes(words);
    }
    popup.hidden = options().length === 0;
    if (!popup.hidden) mark(0);
  };
  const insert = option => {
    const end = field.selectionStart, start = end - asked().length - 2;
    field.setRangeText(option.dataset.text, start, end, "end");
    hide();
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  field.addEventListener("focus", load);
  field.addEventListener("input", look);
  field.addEventListener("blur", () => setTimeout(() => document.activeElement !== field && hide(), 150));
  field.addEventListener("keydown", event => {
    if (popup.hidden) return;
    if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp") mark(chosen - 1);
    else if (event.key === "Enter" || event.key === "Tab") insert(options()[chosen]);
    else if (event.key === "Escape") hide();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  popup.addEventListener("mousedown", event => {
    const option = event.target.closest("[role=option]");
    if (option) { event.preventDefault(); insert(option); }
  });
}

function followKind(form) {
  const field = form.querySelector("textarea"), send = form.querySelector("[data-send-words]");
  const show = () => {
    const note = new FormData(form).get("kind") === "note";
    form.classList.toggle("is-note", note);
    field.placeholder = note ? field.dataset.note : field.dataset.reply;
    send.textContent = note ? "Add note" : "Send";
  };
  form.addEventListener("click", event => {
    if (event.target.name !== "kind") return;
    show();
    field.focus();
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
  carryChecklist(form);
  keepDraft(form);
  listFiles(form);
  offerCanned(form);
  followKind(form);
  form.addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit((event.shiftKey && form.querySelector("[data-completes]")) || form.querySelector("[data-sends]"));
    }
  });
}

export function openComposers() {
  const all = () => document.querySelectorAll("form[data-composer]").forEach(prepare);
  all();
  document.addEventListener("htmx:afterSettle", all);
}
