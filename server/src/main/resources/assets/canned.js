// Canned responses after "::" and variables after "{{": found while one types, previewed, put in by
// Enter; where the customer sounds angry only by a second Enter.
export function offerCanned(form, words) {
  offer(form, words, form.querySelector("[data-canned]"), "canned", /(?:^|\s)::([\p{L}\d-]*)$/u);
  offer(form, words, form.querySelector("[data-variables]"), "variables", /\{\{\s?([\p{L}\d._-]*)$/u);
}

function offer(form, words, popup, of, asks) {
  let fetched, chosen = 0, sure = false;
  const load = () => fetched ??= fetch(popup.dataset[of])
    .then(answer => answer.ok ? answer.text() : Promise.reject(answer.status))
    .then(html => { popup.innerHTML = html; look(); }, () => { fetched = undefined; });
  const ask = asking => {
    sure = asking;
    popup.querySelector("[data-anyway]")?.toggleAttribute("hidden", !asking);
  };
  const options = () => [...popup.querySelectorAll("[role=option]")].filter(option => !option.hidden);
  const asked = () => words.before().match(asks)?.[1];
  const typed = () => words.before().match(asks)[0].trimStart().length;
  const mark = place => {
    ask(false);
    chosen = (place + options().length) % options().length;
    options().forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
    words.active().setAttribute("aria-activedescendant", options()[chosen].id);
    options()[chosen].scrollIntoView({ block: "nearest" });
    const preview = popup.querySelector("[data-preview]");
    if (preview) preview.textContent = options()[chosen].dataset.text;
  };
  const hide = () => { if (popup.hidden) return; ask(false); popup.hidden = true; words.active().removeAttribute("aria-activedescendant"); };
  const look = () => {
    const wanted = asked()?.toLowerCase();
    if (wanted === undefined) return hide();
    load();
    for (const option of popup.querySelectorAll("[role=option]")) {
      option.hidden = !option.textContent.toLowerCase().includes(wanted);
    }
    popup.hidden = options().length === 0;
    if (!popup.hidden) mark(0);
  };
  const insert = option => {
    if (popup.querySelector("[data-delicate]") && !sure) return ask(true);
    words.insert(option.dataset.text, typed());
    hide();
  };
  form.addEventListener("focusin", load, { once: true });
  form.addEventListener("input", look);
  form.addEventListener("focusout", () => setTimeout(() => words.isFocused() || hide(), 150));
  words.onKeyDown(event => {
    if (popup.hidden || event.ctrlKey || event.metaKey) return false;
    if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp") mark(chosen - 1);
    else if (event.key === "Enter" || event.key === "Tab") insert(options()[chosen]);
    else if (event.key === "Escape") sure ? ask(false) : hide();
    else return false;
    return true;
  });
  popup.addEventListener("mousedown", event => {
    const option = event.target.closest("[role=option]");
    if (option) { event.preventDefault(); insert(option); }
  });
}
