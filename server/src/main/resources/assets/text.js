// Says a text in the language of the page, as Texts.java does: the English is its own key, and pages in
// another language come with what that is called there.
const texts = globalThis.texts ?? {};

export const language = document.documentElement.lang;

export const said = (english, ...values) =>
  (texts[english] ?? english).replace(/\{(\d)\}/g, (gap, value) => values[value] ?? gap);
