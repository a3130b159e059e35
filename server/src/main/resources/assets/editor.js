// The editor of replies, on ProseMirror: what its schema does not name cannot be typed, pasted or
// sent. Images are shown from the draft's files and named by their content ids in what is sent.
import { DOMParser as Reader, DOMSerializer as Writer, Fragment, Schema, Slice } from "./prosemirror-model.js";
import { EditorState, Plugin, Selection, TextSelection } from "./prosemirror-state.js";
import { Decoration, DecorationSet, EditorView } from "./prosemirror-view.js";
import { keymap } from "./prosemirror-keymap.js";
import { baseKeymap, chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn } from "./prosemirror-commands.js";
import { history, redo, undo } from "./prosemirror-history.js";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "./prosemirror-inputrules.js";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "./prosemirror-schema-list.js";

const LINK = /^(https?:|mailto:|tel:)/i;
const CID = "cid:";

// What is pasted says its looks in style attributes, which our pages' policy keeps from being applied:
// they are read as they are written.
const FAT = /font-weight:\s*(bold|[6-9]\d\d)/i, THIN = /font-weight:\s*(normal|[1-4]\d\d)/i, ITALIC = /font-style:\s*italic/i;
const styleOf = node => node.getAttribute("style") ?? "";

function schemaFor(images) {
  return new Schema({
    nodes: {
      doc: { content: "block+" },
      paragraph: { content: "inline*", group: "block", parseDOM: ["p", "h1", "h2", "h3", "h4", "h5", "h6"].map(tag => ({ tag })), toDOM: () => ["p", 0] },
      blockquote: { content: "block+", group: "block", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
      bullet_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
      ordered_list: {
        content: "list_item+",
        group: "block",
        attrs: { start: { default: 1 } },
        parseDOM: [{ tag: "ol", getAttrs: list => ({ start: Number(list.getAttribute("start")) || 1 }) }],
        toDOM: list => list.attrs.start === 1 ? ["ol", 0] : ["ol", { start: list.attrs.start }, 0],
      },
      list_item: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
      code_block: { content: "text*", marks: "", group: "block", code: true, defining: true, parseDOM: [{ tag: "pre", preserveWhitespace: "full" }], toDOM: () => ["pre", ["code", 0]] },
      text: { group: "inline" },
      hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
      image: {
        inline: true,
        group: "inline",
        draggable: true,
        attrs: { cid: {}, alt: { default: "" } },
        parseDOM: [{
          tag: "img",
          getAttrs: image => {
            const cid = image.dataset.cid ?? (image.getAttribute("src")?.startsWith(CID) ? image.getAttribute("src").slice(CID.length) : undefined);
            return cid ? { cid, alt: image.alt } : false;
          },
        }],
        toDOM: image => ["img", { src: images + encodeURIComponent(image.attrs.cid), alt: image.attrs.alt, "data-cid": image.attrs.cid }],
      },
    },
    marks: {
      link: {
        attrs: { href: {} },
        inclusive: false,
        parseDOM: [{ tag: "a[href]", getAttrs: link => LINK.test(link.getAttribute("href")) && { href: link.getAttribute("href") } }],
        toDOM: link => ["a", { href: link.attrs.href }, 0],
      },
      strong: {
        parseDOM: [{ tag: "strong" }, { tag: "b", getAttrs: node => !THIN.test(styleOf(node)) && null }, { tag: "span[style]", consuming: false, getAttrs: node => FAT.test(styleOf(node)) && null }],
        toDOM: () => ["strong", 0],
      },
      em: { parseDOM: [{ tag: "i" }, { tag: "em" }, { tag: "span[style]", consuming: false, getAttrs: node => ITALIC.test(styleOf(node)) && null }], toDOM: () => ["em", 0] },
      code: { parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
    },
  });
}

// Plain words as they are meant: blank lines part paragraphs, and lines that begin with a hyphen
// are a list.
function blocks(schema, text) {
  const { paragraph, hard_break: pause, bullet_list: list, list_item: item } = schema.nodes;
  const lines = some => paragraph.create(null, some.flatMap((line, place) => [...(place ? [pause.create()] : []), ...(line ? [schema.text(line)] : [])]));
  return text.replaceAll("\r", "").split(/\n[ \t]*\n/).map(part => {
    const rows = part.split("\n");
    return rows.every(row => row.startsWith("- ") && row.length > 2)
      ? list.create(null, rows.map(row => item.create(null, lines([row.slice(2)]))))
      : lines(rows);
  });
}

function placeholder(words) {
  return new Plugin({
    props: {
      decorations: ({ doc }) =>
        doc.childCount === 1 && doc.firstChild.isTextblock && doc.firstChild.content.size === 0
          ? DecorationSet.create(doc, [Decoration.node(0, doc.firstChild.nodeSize, { class: "is-blank", "data-placeholder": words() })])
          : null,
    },
  });
}

const isIn = ({ $from }, type) => [...Array($from.depth + 1).keys()].some(depth => $from.node(depth).type === type);

function formats(schema) {
  const { nodes, marks } = schema;
  const marked = type => ({
    run: toggleMark(type),
    isOn: state => state.selection.empty ? Boolean(type.isInSet(state.storedMarks ?? state.selection.$from.marks())) : state.doc.rangeHasMark(state.selection.from, state.selection.to, type),
  });
  const listed = type => ({
    run: (state, dispatch) => isIn(state.selection, type) ? liftListItem(nodes.list_item)(state, dispatch) : wrapInList(type)(state, dispatch),
    isOn: state => isIn(state.selection, type),
  });
  return {
    bold: marked(marks.strong),
    italic: marked(marks.em),
    code: {
      run: (state, dispatch) => {
        if (state.selection.$from.parent.type === nodes.code_block) return setBlockType(nodes.paragraph)(state, dispatch);
        const { $from, $to, empty } = state.selection;
        return (empty && $from.parent.content.size === 0) || !$from.sameParent($to) ? setBlockType(nodes.code_block)(state, dispatch) : toggleMark(marks.code)(state, dispatch);
      },
      isOn: state => isIn(state.selection, nodes.code_block) || marked(marks.code).isOn(state),
    },
    bullets: listed(nodes.bullet_list),
    numbers: listed(nodes.ordered_list),
    quote: {
      run: (state, dispatch) => isIn(state.selection, nodes.blockquote) ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch),
      isOn: state => isIn(state.selection, nodes.blockquote),
    },
  };
}

function keys(schema, format) {
  const { nodes } = schema;
  const pause = chainCommands(exitCode, (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
    return true;
  });
  return keymap({
    "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo,
    "Mod-b": format.bold.run, "Mod-i": format.italic.run, "Mod-e": format.code.run,
    "Mod-Shift-7": format.numbers.run, "Mod-Shift-8": format.bullets.run, "Mod-Shift-9": format.quote.run,
    "Mod-]": sinkListItem(nodes.list_item), "Mod-[": liftListItem(nodes.list_item),
    "Enter": splitListItem(nodes.list_item), "Shift-Enter": pause,
  });
}

const rules = ({ nodes }) => inputRules({
  rules: [
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d{1,3})\.\s$/, nodes.ordered_list, match => ({ start: Number(match[1]) }), (match, list) => list.childCount + list.attrs.start === Number(match[1])),
    textblockTypeInputRule(/^```$/, nodes.code_block),
  ],
});

// One reads and writes the editor as one would a text field, and with formatting.
class Editor {
  constructor(place, { text, html, images, words, label, keydown, changed, selected, files }) {
    this.schema = schemaFor(images);
    this.formats = formats(this.schema);
    const read = html ? Reader.fromSchema(this.schema).parse(new DOMParser().parseFromString(html, "text/html").body) : this.schema.nodes.doc.create(null, blocks(this.schema, text));
    const given = data => {
      const found = [...(data?.files ?? [])];
      if (found.length === 0 || data.types.includes("text/html")) return false;
      files(found);
      return true;
    };
    this.view = new EditorView(place, {
      state: EditorState.create({ doc: read, plugins: [rules(this.schema), keys(this.schema, this.formats), keymap(baseKeymap), history(), placeholder(words)] }),
      attributes: () => ({ role: "textbox", "aria-multiline": "true", ...label() ? { "aria-label": label() } : {}, "aria-placeholder": words(), class: "writing" }),
      handleKeyDown: (view, event) => keydown(event) || (event.key === "Escape" && (view.dom.blur(), true)),
      handlePaste: (_, event) => given(event.clipboardData),
      handleDrop: (_, event) => event.dataTransfer?.files.length > 0 && given(event.dataTransfer),
      dispatchTransaction: change => {
        this.view.updateState(this.view.state.apply(change));
        if (change.docChanged) changed();
        selected();
      },
    });
  }

  text() {
    const { doc } = this.view.state;
    return doc.textBetween(0, doc.content.size, "\n\n", leaf => leaf.type.name === "hard_break" ? "\n" : "");
  }

  // What is sent: images by their content ids.
  html() {
    const written = document.implementation.createHTMLDocument("").createElement("div");
    written.append(Writer.fromSchema(this.schema).serializeFragment(this.view.state.doc.content, { document: written.ownerDocument }));
    for (const image of written.querySelectorAll("img")) {
      image.setAttribute("src", CID + image.dataset.cid);
      image.removeAttribute("data-cid");
    }
    return written.innerHTML;
  }

  isBlank() { return this.text().trim() === "" && !this.html().includes("<img"); }

  // The words between the beginning of the paragraph and the cursor.
  before() {
    const { $from, empty } = this.view.state.selection;
    return empty ? $from.parent.textBetween(0, $from.parentOffset, "\n", "\n") : "";
  }

  // Puts plain words, paragraphs and lists and all, in the place of so many letters before.
  insert(text, instead = 0) {
    const { state } = this.view, { from, to } = state.selection;
    const parts = Fragment.from(blocks(this.schema, text));
    const joins = part => part?.type.name === "paragraph" ? 1 : 0;
    this.view.dispatch(state.tr.replaceRange(from - instead, to, new Slice(parts, joins(parts.firstChild), joins(parts.lastChild))).scrollIntoView());
    this.focus();
  }

  insertImage(cid, alt) {
    this.view.dispatch(this.view.state.tr.replaceSelectionWith(this.schema.nodes.image.create({ cid, alt })).scrollIntoView());
  }

  removeImage(cid) {
    const found = [];
    this.view.state.doc.descendants((node, at) => { if (node.attrs.cid === cid) found.unshift(at); });
    this.view.dispatch(found.reduce((change, at) => change.delete(at, at + 1), this.view.state.tr));
  }

  format(name) {
    this.formats[name].run(this.view.state, this.view.dispatch);
    this.focus();
  }

  isOn(name) { return this.formats[name].isOn(this.view.state); }

  linked() { return this.schema.marks.link.isInSet(this.view.state.selection.$from.marks())?.attrs.href ?? ""; }

  // Links what is selected, or puts the address in; no address takes the link away.
  link(address) {
    const { state } = this.view, { from, to, empty } = state.selection, type = this.schema.marks.link;
    const href = LINK.test(address) ? address : address.includes("@") ? `mailto:${address}` : `https://${address}`;
    const change = state.tr;
    if (!address) change.removeMark(from, to, type);
    else if (empty) change.insert(from, this.schema.text(address, [type.create({ href })]));
    else change.addMark(from, to, type.create({ href }));
    this.view.dispatch(change);
    this.focus();
  }

  replace(text) {
    const { state } = this.view;
    this.view.dispatch(state.tr.replaceWith(0, state.doc.content.size, blocks(this.schema, text)));
  }

  // Goes on where somebody was in the plain words: so many letters after the beginning, breaks not
  // counted.
  goTo(letters) {
    const { doc, tr } = this.view.state;
    let left = letters, place;
    doc.descendants((node, at) => {
      if (!node.isText || place !== undefined) return;
      if (node.text.length >= left) place = at + left;
      left -= node.text.length;
    });
    this.view.dispatch(tr.setSelection(place === undefined ? Selection.atEnd(doc) : TextSelection.create(doc, place)));
  }

  isFocused() { return this.view.hasFocus(); }

  focus() { this.view.focus(); }

  refresh() { this.view.updateState(this.view.state); }
}

export const openEditor = (place, given) => new Editor(place, given);
