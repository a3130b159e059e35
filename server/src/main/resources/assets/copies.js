// Addresses in a field stand as chips, each with its own button to take it out; what is no address
// says so. The field itself is what is sent.
import { said } from "./text.js";
const ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[\p{L}\d-]+(\.[\p{L}\d-]+)+$/u;

function addressesIn(text) {
  return text.split(/[,;\n]+/).flatMap(part => /<([^<>]*)>\s*$/.test(part) ? [part.match(/<([^<>]*)>/)[1].trim()] : part.trim().split(/\s+/)).filter(Boolean);
}

function chip(address, remove) {
  const item = document.createElement("span"), name = document.createElement("span"), button = document.createElement("button");
  const isWrong = !ADDRESS.test(address);
  item.className = isWrong ? "chip is-wrong" : "chip";
  name.textContent = isWrong ? said("{0}: not an address like name@example.org", address) : address;
  button.type = "button";
  button.textContent = "×";
  button.setAttribute("aria-label", said("Remove {0}", address));
  button.addEventListener("click", remove);
  item.append(name, button);
  return item;
}

function asChips(field) {
  const box = document.createElement("div"), typed = document.createElement("input"), chips = document.createElement("span");
  box.className = "chips form-control form-control-sm";
  chips.className = "chosen";
  Object.assign(typed, { type: "text", id: field.id, placeholder: field.placeholder, autocomplete: "off", inputMode: "email" });
  typed.setAttribute("aria-describedby", `${field.id}-chosen`);
  chips.id = `${field.id}-chosen`;
  chips.setAttribute("aria-live", "polite");
  field.removeAttribute("id");
  field.type = "hidden";
  field.after(box);
  box.append(chips, typed);
  let all = [...new Set(addressesIn(field.value))];
  const show = () => {
    chips.replaceChildren(...all.map(address => chip(address, () => { all = all.filter(one => one !== address); changed(); typed.focus(); })));
    typed.placeholder = all.length ? "" : field.placeholder;
  };
  const changed = () => {
    field.value = all.join(", ");
    show();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const take = text => {
    const added = addressesIn(text).filter(one => !all.includes(one));
    typed.value = "";
    if (!added.length) return;
    all = [...all, ...added];
    changed();
  };
  typed.addEventListener("keydown", event => {
    if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "," || event.key === ";" || (event.key === " " && typed.value.includes("@"))) {
      event.preventDefault();
      take(typed.value);
    } else if (event.key === "Backspace" && !typed.value && all.length) {
      all = all.slice(0, -1);
      changed();
    } else if (event.key === "Enter") take(typed.value);
  });
  typed.addEventListener("blur", () => take(typed.value));
  typed.addEventListener("paste", event => {
    const text = event.clipboardData.getData("text");
    if (!/[,;@\n]/.test(text)) return;
    event.preventDefault();
    take(typed.value + text);
  });
  box.addEventListener("click", event => { if (event.target === box || event.target === chips) typed.focus(); });
  field.form.addEventListener("submit", () => take(typed.value), true);
  show();
  return take;
}

// Whom a mail named gets a copy when somebody says so.
export function chooseCopies(form) {
  const takes = new Map([...form.querySelectorAll("[data-addresses]")].map(field => [field.name, asChips(field)]));
  form.addEventListener("click", event => {
    const person = event.target.closest("[data-copies]");
    if (!person) return;
    takes.get("cc")(person.dataset.copies);
    const all = person.closest(".proposed");
    person.remove();
    if (!all.querySelector("[data-copies]")) all.remove();
    form.querySelector(".copies").open = true;
    document.getElementById("reply-cc").focus();
  });
}
