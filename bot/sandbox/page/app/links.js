// Start links: t.me/<bot>?start=…, tg://resolve?domain=<bot>&start=…, and this server's own;
// with startgroup in place of start they bring the bot into a group.

const HOSTS = new Set(["t.me", "www.t.me", "telegram.me", "telegram.dog"]);

/**
 * What an address says to this bot: {payload, group}, or null for any other address.
 * `group`: a group is to be chosen, and told the payload.
 */
export function startLink(address, username) {
  let url;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`);
  } catch {
    return null;
  }
  if (botName(url)?.toLowerCase() !== username.toLowerCase()) return null;
  const group = url.searchParams.get("startgroup");
  return group === null ? { payload: url.searchParams.get("start") ?? "", group: false } : { payload: group, group: true };
}

/** The same of what a person types or pastes: a whole link, or the payload alone; null when it is neither. */
export function typedStart(text, username) {
  const typed = text.trim();
  if (/^[A-Za-z0-9_-]{0,64}$/.test(typed)) return { payload: typed, group: false };
  const link = startLink(typed, username);
  return link && /^[A-Za-z0-9_-]{0,64}$/.test(link.payload) ? link : null;
}

/** What t.me/share/url puts into the input field of a chat that the person picks, or null. */
export function sharedText(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!HOSTS.has(url.hostname) || !/^\/share(\/url)?\/?$/.test(url.pathname)) return null;
  return ["url", "text"].map((name) => url.searchParams.get(name)).filter(Boolean).join("\n");
}

function botName(url) {
  if (url.protocol === "tg:") return url.searchParams.get("domain");
  if (HOSTS.has(url.hostname)) return url.pathname.split("/")[1];
  if (url.origin !== location.origin || !(url.searchParams.has("start") || url.searchParams.has("startgroup"))) return null;
  return url.pathname.split("/").filter(Boolean).pop() ?? null;
}
