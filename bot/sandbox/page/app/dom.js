// Building elements. Data only ever becomes text nodes or checked attributes, never markup.

/** Make an element: h("button", {class: "x", on: {click}}, "text", child…). */
export function h(tag, props = {}, ...children) {
  const el = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "on") {
      for (const [event, handler] of Object.entries(value)) el.addEventListener(event, handler);
    } else if (key === "data") Object.assign(el.dataset, value);
    else if (key === "vars") {
      // The CSP forbids style attributes; the CSSOM is allowed.
      for (const [name, v] of Object.entries(value)) el.style.setProperty(`--${name}`, v);
    } else if (key in el && typeof value !== "string") el[key] = value;
    else el.setAttribute(key, value === true ? "" : String(value));
  }
  append(el, children);
  return el;
}

export function append(el, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    el.append(child);
  }
  return el;
}

export function replace(el, ...children) {
  el.replaceChildren();
  return append(el, children);
}

/** An http(s) address, or null for anything else (javascript:, data:, tg: …). */
export function safeUrl(text) {
  try {
    const url = new URL(text.includes(":") ? text : `http://${text}`);
    return url.protocol === "http:" || url.protocol === "https:" ? url : null;
  } catch {
    return null;
  }
}

/** A link that opens in a new tab, or plain text when the address is not http(s). */
export function link(address, ...children) {
  const url = safeUrl(address);
  if (!url) return h("span", {}, ...children);
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** Close a floating element by Escape or by a press outside of it; returns the closer. */
export function dismissable(el, close) {
  const onKey = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    stop();
  };
  const onPress = (event) => {
    if (!el.contains(event.target)) stop();
  };
  const stop = () => {
    document.removeEventListener("keydown", onKey, true);
    document.removeEventListener("pointerdown", onPress, true);
    close();
  };
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("pointerdown", onPress, true);
  return stop;
}
