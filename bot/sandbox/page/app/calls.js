// The calls that a partner's engineer tries first, in the order of a tour. What an answer tells
// (a program, a card, a customer) is known to the calls after it.
import { t } from "./i18n.js";

/** { name, method, path, needs: [holes], body?, query?, learns? }; a hole is {program} in the path. */
export const CALLS = [
  { name: "callAccount", method: "GET", path: "/api/v1/account" },
  {
    name: "callPrograms", method: "GET", path: "/api/v1/programs",
    learns: ({ items }) => ({ program: items?.[0]?.key }),
  },
  { name: "callNumbers", method: "GET", path: "/api/v1/programs/{program}/numbers" },
  {
    name: "callAssign", method: "POST", path: "/api/v1/programs/{program}/assignments",
    body: () => ({ own_id: `crm-${token(6)}`, phone: "+79161234501" }),
  },
  {
    name: "callCards", method: "GET", path: "/api/v1/cards?limit=200",
    learns: ({ items }) => ({ card: items?.at(-1)?.id, customer: items?.at(-1)?.customer }),
  },
  { name: "callCustomer", method: "GET", path: "/api/v1/customers/{customer}" },
  {
    name: "callAccrue", method: "POST", path: "/api/v1/cards/{card}/ledger/accrue",
    body: () => ({ key: `receipt-${token(6)}`, amount: "150.00", reason: t("receipt", { n: 1841 }) }),
  },
  {
    name: "callSpend", method: "POST", path: "/api/v1/cards/{card}/ledger/spend",
    body: () => ({ key: `receipt-${token(6)}`, amount: "50.00", reason: t("receipt", { n: 1842 }) }),
  },
  { name: "callHistory", method: "GET", path: "/api/v1/cards/{card}/ledger" },
  {
    name: "callChanges", method: "GET", path: "/api/v1/changes", query: "cursor",
    learns: ({ next }) => ({ cursor: next }),
  },
  {
    name: "callWebhooks", method: "GET", path: "/api/v1/webhooks",
    learns: ({ items }) => ({ webhook: items?.find((one) => one.status === "active")?.id }),
  },
  { name: "callTest", method: "POST", path: "/api/v1/webhooks/{webhook}/test" },
  { name: "callAudit", method: "GET", path: "/api/v1/audit?limit=5" },
];

/** The call that tells what stands in a hole. */
export const TELLS = { program: "callPrograms", card: "callCards", customer: "callCards", webhook: "callWebhooks" };

export const holes = (path) => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);

/** The path with what is known in its holes. */
export function filled(call, known) {
  const path = call.path.replace(/\{(\w+)\}/g, (hole, name) => (name in known ? encodeURIComponent(known[name]) : hole));
  const more = call.query && known[call.query];
  return more ? `${path}${path.includes("?") ? "&" : "?"}${call.query}=${encodeURIComponent(more)}` : path;
}

/** Random letters and digits: a key of a request that is another one each time. */
export function token(length = 16) {
  const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  return [...crypto.getRandomValues(new Uint8Array(length))].map((byte) => alphabet[byte % alphabet.length]).join("");
}

/** The same call for a terminal; the key stays a variable. */
export function curl(api, call, path, body) {
  const lines = [`curl -sS --fail-with-body ${call.method === "GET" ? "" : `-X ${call.method} `}"${api}${path}"`,
    '  -H "Authorization: Bearer $KEY"'];
  if (call.method === "POST") lines.push('  -H "Idempotency-Key: $(date +%s%N)"');
  if (body) lines.push('  -H "Content-Type: application/json"', `  -d '${body.replaceAll("'", "'\\''")}'`);
  return lines.join(" \\\n");
}
