// Files go to the draft as soon as they are chosen, dropped or pasted, each with how far it is;
// images that are pasted or dropped stand among the words.
import { token } from "./token.js";
import { said } from "./text.js";

const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

function chip(file) {
  const item = document.createElement("span"), name = document.createElement("span"), bar = document.createElement("progress");
  item.className = "attach";
  name.textContent = file.name;
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", said("Sending {0}", file.name));
  item.append(name, bar);
  return item;
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.floor(bytes / 1024)} KB` : `${Math.floor(bytes / (1024 * 1024))} MB`;
}

function finish(item, kept) {
  const weight = document.createElement("span"), remove = document.createElement("button");
  weight.className = "soft";
  weight.textContent = size(kept.size);
  remove.type = "button";
  remove.className = "quiet";
  remove.dataset.remove = "";
  remove.textContent = "×";
  remove.setAttribute("aria-label", said("Remove {0}", kept.name));
  item.dataset.file = kept.id;
  item.firstElementChild.textContent = kept.name;
  item.querySelector("progress").replaceWith(weight, remove);
}

function upload(address, file, shown, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(), body = new FormData();
    body.append("file", file, file.name || "image.png");
    body.append("shown", String(shown));
    request.open("POST", `${address}/files`);
    for (const [name, value] of Object.entries(token())) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.addEventListener("progress", event => { if (event.lengthComputable) onProgress(event.loaded / event.total); });
    request.addEventListener("load", () => request.status === 200 && request.response?.id ? resolve(request.response) : reject(new Error(request.response?.problem ?? `the server answered ${request.status}`)));
    request.addEventListener("error", () => reject(new Error("the server cannot be reached")));
    request.send(body);
  });
}

export function takeFiles(form, words) {
  const input = form.querySelector("input[type=file]"), list = form.querySelector("[data-file-list]"), problem = form.querySelector("[data-file-problem]"), paper = form.querySelector("[data-paper]");
  let underWay = 0;
  const say = sentence => {
    problem.textContent = sentence;
    problem.hidden = !sentence;
  };
  const take = async (file, shown) => {
    const item = chip(file);
    list.append(item);
    underWay++;
    try {
      const kept = await upload(form.dataset.draft, file, shown, done => { item.querySelector("progress").value = done; });
      if (kept.contentId) {
        item.remove();
        words.editor.insertImage(kept.contentId, kept.name);
      } else finish(item, kept);
    } catch (failed) {
      item.remove();
      say(said("“{0}” was not taken: {1}", file.name, failed.message));
    } finally {
      underWay--;
    }
  };
  const isNote = () => new FormData(form).get("kind") === "note";
  const takeAll = async (files, mayShow) => {
    say("");
    if (mayShow) await words.open();
    for (const file of files) take(file, Boolean(mayShow && words.rich && !isNote() && PICTURES.includes(file.type)));
  };
  words.files = files => takeAll(files, true);
  input.addEventListener("change", () => {
    const chosen = [...input.files];
    input.value = "";
    takeAll(chosen, false);
  });
  words.field.addEventListener("paste", event => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    takeAll([...event.clipboardData.files], true);
  });
  const carriesFiles = event => event.dataTransfer?.types.includes("Files");
  form.addEventListener("dragover", event => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    paper.classList.add("is-over");
  });
  form.addEventListener("dragleave", event => { if (!form.contains(event.relatedTarget)) paper.classList.remove("is-over"); });
  form.addEventListener("drop", event => {
    paper.classList.remove("is-over");
    if (event.defaultPrevented || !carriesFiles(event)) return;
    event.preventDefault();
    takeAll([...event.dataTransfer.files], true);
  });
  list.addEventListener("click", event => {
    const item = event.target.closest("[data-remove]")?.closest("[data-file]");
    if (!item) return;
    fetch(`${form.dataset.draft}/files/${item.dataset.file}/removal`, { method: "POST", headers: token() })
      .then(answer => answer.ok ? item.remove() : say(said("It could not be taken out; try again.")), () => say(said("The server cannot be reached; try again.")));
    words.focus();
  });
  form.addEventListener("submit", event => {
    if (underWay === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(said("A file is still on its way; send again in a moment."));
  });
}
