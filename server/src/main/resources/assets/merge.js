// Puts a region that was fetched again in the place of the old one, changing only what differs, so
// that focus, scroll, selection and what was opened stay. Children with ids are matched by them;
// one marked data-lasting never changes once it is there (a message), so its frame is not reloaded.
const keyed = element => element.children.length > 0 && [...element.children].every(child => child.id);

function copyAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}

function mergeChildren(old, fresh) {
  const before = new Map([...old.children].map(child => [child.id, child]));
  let place = old.firstElementChild;
  for (const child of [...fresh.children]) {
    const known = before.get(child.id);
    before.delete(child.id);
    if (known && known === place) place = place.nextElementSibling;
    else old.insertBefore(known ?? child, place);
    if (known) merge(known, child);
  }
  before.forEach(gone => gone.remove());
}

export function merge(old, fresh) {
  if (old.isEqualNode(fresh) || old.hasAttribute("data-lasting")) return;
  if (old.tagName === fresh.tagName && keyed(old) && keyed(fresh)) {
    copyAttributes(old, fresh);
    mergeChildren(old, fresh);
    return;
  }
  const focused = old.contains(document.activeElement) && document.activeElement.id;
  old.replaceWith(fresh);
  globalThis.htmx?.process(fresh);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}
