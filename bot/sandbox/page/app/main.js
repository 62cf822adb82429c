// The page: one store, the views around it, and the session that feeds it.
import { Actions } from "./actions.js";
import { messageMenu } from "./attach.js";
import { ChatView } from "./chat.js";
import { Composer } from "./composer.js";
import { toast } from "./dialogs.js";
import { t } from "./i18n.js";
import { Layout } from "./layout.js";
import { OutsidePanel } from "./outside.js";
import { mountPeople } from "./people.js";
import { Session } from "./session.js";
import { Store } from "./store.js";

const byId = (id) => document.getElementById(id);

async function main() {
  const store = new Store();
  const app = new Actions(store);
  app.session = new Session(store, app);
  const layout = new Layout(app, { people: byId("people"), outside: byId("outside"), stage: document.querySelector(".stage"), scrim: byId("scrim") });
  app.toggle = (name) => layout.toggle(name);
  app.openMenu = (message, anchor) => messageMenu(message, anchor, app);
  app.inspect = (message) => {
    store.set("inspect", { inspected: message });
    layout.reveal("outside");
  };
  new OutsidePanel(byId("outside"), app);
  app.composer = new Composer(app);
  app.chatView = new ChatView(byId("chat"), app, app.composer.el);
  mountPeople(byId("people"), app);
  store.on("outside", (detail) => {
    if (detail?.kind === "mail") toast(t("newMail", { what: detail.item.subject || detail.item.to }));
    if (detail?.kind === "sms") toast(t("newSms", { what: detail.item.text }));
  });
  await app.session.begin();
  await followAddress(app);
  document.body.dataset.ready = "yes";
}

/** «/?start=payload» (or startgroup) in the address bar opens the bot by that link, once. */
async function followAddress(app) {
  const params = new URLSearchParams(location.search);
  const name = ["start", "startgroup"].find((one) => params.has(one));
  if (!name) return;
  const payload = params.get(name);
  params.delete(name);
  history.replaceState(null, "", params.size ? `?${params}` : location.pathname);
  const following = app.follow({ payload, group: name === "startgroup" });
  if (name === "start") await following;
}

main().catch((error) => {
  console.error(error);
  toast(t("offline"), "is-bad");
});
