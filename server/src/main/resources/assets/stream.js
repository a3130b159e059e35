// The conversation opens at its end and stays there when something arrives, unless its reader has
// scrolled back: then a button says that there is more below.
const NEAR = 120;

export function followConversation() {
  const stream = document.querySelector("[data-stream]"), button = document.querySelector("[data-newer]");
  if (!stream) return;
  const toEnd = () => { stream.scrollTop = stream.scrollHeight; };
  let atEnd = true, seen = stream.scrollHeight;
  toEnd();
  addEventListener("load", toEnd);
  stream.addEventListener("scroll", () => {
    atEnd = stream.scrollHeight - stream.scrollTop - stream.clientHeight < NEAR;
    if (atEnd && button) button.hidden = true;
  }, { passive: true });
  document.addEventListener("live", () => {
    const grown = stream.scrollHeight > seen;
    seen = stream.scrollHeight;
    if (atEnd) toEnd();
    else if (grown && button) button.hidden = false;
  });
  button?.addEventListener("click", toEnd);
  // What came before is put above: what one was reading stays where it is.
  let below = 0;
  stream.addEventListener("htmx:beforeSwap", () => { below = stream.scrollHeight - stream.scrollTop; });
  stream.addEventListener("htmx:afterSettle", () => {
    stream.scrollTop = stream.scrollHeight - below;
    seen = stream.scrollHeight;
  });
}
