// JSON as coloured text.
import { h } from "./dom.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?/g;

export function coloured(text) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon] = match;
    const kind = colon ? "is-key" : string ? "is-string" : "is-value";
    out.append(text.slice(at, match.index), h("span", { class: kind }, string ?? whole), colon ?? "");
    at = match.index + whole.length;
  }
  out.append(text.slice(at));
  return out;
}

/** Indented if it is JSON, else as it is. */
export function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
