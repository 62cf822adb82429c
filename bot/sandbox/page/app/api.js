// The page API of the sandbox server: one function per call, and the stream of events.

export class ApiError extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

async function call(method, path, body) {
  const options = { method, headers: { Accept: "application/json" } };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const response = await fetch(path, options);
  const text = await response.text();
  let answer = null;
  try {
    answer = text ? JSON.parse(text) : null;
  } catch {
    answer = null;
  }
  if (!response.ok) {
    throw new ApiError(response.status, answer?.description || answer?.error || text.slice(0, 200) || response.statusText);
  }
  return answer;
}

const get = (path) => call("GET", path);
const post = (path, body = {}) => call("POST", path, body);
const person = (id) => `/sandbox/people/${encodeURIComponent(id)}`;

export const api = {
  bot: (lang) => get(`/sandbox/bot?lang=${encodeURIComponent(lang)}`),
  people: () => get("/sandbox/people"),
  addPerson: (fields) => post("/sandbox/people", fields),
  chats: (id) => get(`${person(id)}/chats`),
  chat: (id, chatId) => get(`${person(id)}/chats/${encodeURIComponent(chatId)}`),
  send: (id, body) => post(`${person(id)}/send`, body),
  upload: (id, form) => post(`${person(id)}/upload`, form),
  contact: (id, body) => post(`${person(id)}/contact`, body),
  location: (id, body) => post(`${person(id)}/location`, body),
  tap: (id, body) => post(`${person(id)}/tap`, body),
  inline: (id, body) => post(`${person(id)}/inline`, body),
  choose: (id, body) => post(`${person(id)}/choose`, body),
  edit: (id, body) => post(`${person(id)}/edit`, body),
  forward: (id, body) => post(`${person(id)}/forward`, body),
  start: (id, payload) => post(`${person(id)}/start`, payload ? { payload } : {}),
  block: (id) => post(`${person(id)}/block`),
  unblock: (id) => post(`${person(id)}/unblock`),
  clear: (id) => post(`${person(id)}/clear`),
  addGroup: (body) => post("/sandbox/groups", body),
  outside: () => get("/sandbox/outside"),
  partner: () => get("/sandbox/partner"),
  webhooks: () => get("/sandbox/partner/webhooks"),
  ask: (call) => post("/sandbox/partner/ask", call),
};

export const fileUrl = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;

/**
 * Listen to what happens to one person. onEvent gets each event, onState gets true/false as the
 * connection comes and goes. Returns a function that hangs up.
 */
export function listen(id, onEvent, onState) {
  const source = new EventSource(`${person(id)}/events`);
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
  return () => source.close();
}
