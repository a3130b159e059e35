// The menu of ways to send, by keys: Alt Enter opens it, a digit sends into that status.
export function chooseWays(form, words) {
  const menu = form.querySelector("[data-ways]");
  if (!menu) return;
  const items = () => [...menu.querySelectorAll("button.menu-item")];
  const go = by => {
    const all = items(), at = all.indexOf(document.activeElement);
    all[(at + by + all.length) % all.length].focus();
  };
  const open = () => {
    if (!menu.checkVisibility()) return;
    menu.open = true;
    items()[0]?.focus();
  };
  form.addEventListener("keydown", event => {
    if (event.key !== "Enter" || !event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    open();
  }, true);
  menu.addEventListener("keydown", event => {
    if (event.target.matches("input, select")) return;
    if (/^[1-9]$/.test(event.key)) menu.querySelector(`[data-digit="${event.key}"]`)?.click();
    else if (event.key === "ArrowDown") go(1);
    else if (event.key === "ArrowUp") go(-1);
    else if (event.key === "Escape") { menu.open = false; words.focus(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
