// Start links: t.me/<bot>?start=…, tg://resolve?domain=<bot>&start=…, and this server's own.

const HOSTS = new Set(["t.me", "www.t.me", "telegram.me", "telegram.dog"]);

/** The payload ("" for none) when the address starts this bot, or null for any other address. */
export function startPayload(address, username) {
  let url;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`);
  } catch {
    return null;
  }
  const name = botName(url);
  return name?.toLowerCase() === username.toLowerCase() ? url.searchParams.get("start") ?? "" : null;
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
  if (url.origin !== location.origin || !url.searchParams.has("start")) return null;
  return url.pathname.split("/").filter(Boolean).pop() ?? null;
}
