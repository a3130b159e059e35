// A macro shows what it writes and does before it is used; then its words stand in the composer,
// and what it does is done when they are sent.
import { said } from "./text.js";
export function offerMacros(form, words) {
  const choice = form.querySelector("[data-macros]"), offer = form.querySelector("[data-macro-offer]"), does = form.querySelector("[data-macro-does]");
  if (!choice) return;
  const shut = () => { offer.hidden = true; offer.replaceChildren(); };
  const leave = () => {
    choice.value = "";
    does.hidden = true;
    shut();
    words.focus();
  };
  const use = ({ text, does: done }) => {
    if (text) words.insert(text);
    does.hidden = !done;
    does.textContent = done ? said("“{0}”: on sending it {1}.", choice.selectedOptions[0].textContent, done) : "";
    shut();
    words.focus();
  };
  choice.addEventListener("change", async () => {
    does.hidden = true;
    shut();
    if (!choice.value) return;
    const answer = await fetch(choice.dataset.macros + choice.value).catch(() => undefined);
    if (!answer?.ok) return leave();
    offer.innerHTML = await answer.text();
    offer.hidden = false;
    offer.querySelector("[data-use]").focus();
  });
  offer.addEventListener("click", event => {
    if (event.target.closest("[data-use]")) use(offer.firstElementChild.dataset);
    else if (event.target.closest("[data-leave]")) leave();
  });
  offer.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    leave();
  });
}
