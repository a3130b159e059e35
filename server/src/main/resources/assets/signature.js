// What stands under an answer, shown while one writes: the language of the words decides which.
const PAUSE = 900, ENOUGH = 600;

export function showSignature(form, words) {
  const place = form.querySelector("[data-signature]");
  if (!place) return;
  let timer, shown;
  const look = async () => {
    const text = words.field.value.slice(0, ENOUGH);
    if (text === shown || words.isNote()) return;
    shown = text;
    const answer = await fetch(`${place.dataset.signature}?${new URLSearchParams({ text })}`).catch(() => undefined);
    if (answer?.ok) place.innerHTML = await answer.text();
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(look, PAUSE); };
  form.addEventListener("focusin", later, { once: true });
  form.addEventListener("input", event => { if (event.target === words.field) later(); });
}
