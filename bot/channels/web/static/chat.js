// Makes the chat live. Every form works without this file too: it sends them in the background, listens
// for news, and swaps the part of the page that changed, so that typed text and focus stay.

const root = document.body;
const chats = [...document.querySelectorAll(".chat")];
const tabs = [...document.querySelectorAll(".tabs a")];
const clockForm = document.querySelector("#clock-form");

/** The server's own sentence about why it did not take something. */
class Refusal extends Error {}

async function ask(url, options = {}) {
  const response = await fetch(url, { ...options, headers: { "Anzhu-Live": "1" } });
  const text = await response.text();
  if (!response.ok) {
    throw new Refusal(text);
  }
  return text;
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

// Messages

const fetching = new Set();
const stale = new Set();

/** Fetch and draw what a chat shows now; what is asked for meanwhile is one more round. */
async function update(chat) {
  stale.add(chat);
  if (fetching.has(chat)) {
    return;
  }
  fetching.add(chat);
  try {
    while (stale.delete(chat)) {
      draw(chat, parsed(await ask(`/chat/${chat.dataset.person}/messages`)).firstElementChild);
    }
  } finally {
    fetching.delete(chat);
  }
}

/** Take over only what differs: what a screen reader has read and what has the focus stays in place. */
function draw(chat, fresh) {
  if (fresh.dataset.language !== chat.lang) {
    // Everything around the messages speaks another language now.
    location.reload();
    return;
  }
  const list = chat.querySelector(".messages");
  const newest = list.lastElementChild?.id;
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const holder = focused?.closest("li").id;
  let place = list.firstElementChild;
  for (const item of [...fresh.children]) {
    const known = item.id && list.querySelector(`:scope > #${CSS.escape(item.id)}`);
    if (known && known.innerHTML === item.innerHTML) {
      known.className = item.className;
      while (place !== known) {
        const gone = place;
        place = place.nextElementSibling;
        gone.remove();
      }
      place = known.nextElementSibling;
    } else {
      list.insertBefore(item, place);
      if (known) {
        place = place === known ? known.nextElementSibling : place;
        known.remove();
      }
    }
  }
  while (place) {
    const gone = place;
    place = place.nextElementSibling;
    gone.remove();
  }
  for (const field of chat.querySelectorAll("input[name=once]")) {
    field.value = fresh.dataset.once;
  }
  if (focused && !focused.isConnected) {
    const same = [...list.querySelectorAll(`#${CSS.escape(holder)} button`)].find((b) => b.value === focused.value);
    (same ?? chat.querySelector("textarea")).focus({ preventScroll: true });
  }
  if (list.lastElementChild.id !== newest && chat.offsetParent === null) {
    markNews(chat, true);
  }
}

// Sending

function notice(chat, text) {
  chat.querySelector(".notice").textContent = text;
}

async function send(chat, form, button) {
  const body = new FormData(form, button);
  const typed = form.elements.text?.value ?? "";
  const composing = form.classList.contains("composer");
  notice(chat, "");
  chat.setAttribute("aria-busy", "true");
  if (composing) {
    form.elements.text.value = "";
  }
  try {
    await ask(form.action, { method: "POST", body });
    if (composing) {
      form.elements.files.value = "";
      showChosen(form);
    }
    chat.querySelector(".scroll").scrollTop = 0;
    await update(chat);
  } catch (error) {
    if (composing) {
      form.elements.text.value = typed + form.elements.text.value;
    }
    notice(chat, error instanceof Refusal ? error.message : root.dataset.offline);
  } finally {
    chat.removeAttribute("aria-busy");
  }
}

function showChosen(form) {
  const number = form.elements.files.files.length;
  const label = form.querySelector(".attach-label");
  label.dataset.usual ??= label.textContent;
  label.textContent = number ? root.dataset.files.replace("{}", number) : label.dataset.usual;
  label.parentElement.classList.toggle("chosen", number > 0);
}

for (const chat of chats) {
  const composer = chat.querySelector(".composer");
  chat.addEventListener("submit", (event) => {
    event.preventDefault();
    send(chat, event.target, event.submitter);
  });
  composer.elements.text.addEventListener("keydown", (event) => {
    // While an input method is open, Enter chooses its word.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      composer.requestSubmit();
    }
  });
  composer.elements.files.addEventListener("change", () => {
    const files = [...composer.elements.files.files];
    const tooBig = files.reduce((sum, file) => sum + file.size, 0) > root.dataset.uploadMb * 1024 * 1024;
    notice(chat, tooBig ? root.dataset.tooBig : "");
    if (tooBig) {
      composer.elements.files.value = "";
    }
    showChosen(composer);
  });
}

// The second click of a double click: what stood there may have moved, and another button come under it.
document.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest("button")) {
    event.preventDefault();
  }
});

// The clock

let minute = 0;

async function updateClock() {
  clearTimeout(minute);
  const fresh = parsed(await ask(`/clock?open=${clockForm.elements.open.value}`)).firstElementChild;
  document.querySelector("#now").replaceWith(fresh);
  clockForm.elements.once.value = fresh.dataset.once;
  const second = Number(fresh.querySelector("time").dateTime.slice(17, 19));
  clearTimeout(minute);
  minute = setTimeout(inBackground, (60 - second) * 1000, updateClock);
}

clockForm.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = new FormData(clockForm, event.submitter);
  clockForm.setAttribute("aria-busy", "true");
  try {
    await ask(clockForm.action, { method: "POST", body });
    await updateClock();
  } catch (error) {
    notice(chats.find((chat) => chat.offsetParent), error instanceof Refusal ? error.message : root.dataset.offline);
  } finally {
    clockForm.removeAttribute("aria-busy");
  }
});

// Tabs

function markNews(chat, news) {
  const tab = tabs.find((one) => one.dataset.person === chat.dataset.person);
  tab.querySelector(".tab-news").hidden = !news;
}

for (const tab of tabs) {
  tab.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    tabs.forEach((other) => other.removeAttribute("aria-current"));
    tab.setAttribute("aria-current", "page");
    for (const chat of chats) {
      const open = chat.dataset.person === tab.dataset.person;
      chat.classList.toggle("open", open);
      if (open) {
        markNews(chat, false);
      }
    }
    clockForm.elements.open.value = tab.dataset.person;
    history.replaceState(null, "", tab.href);
  });
}

// News

let stream = null;

/** What nobody asked for may fail: the event stream reconnects by itself and then everything is fetched anew. */
function inBackground(task, ...given) {
  task(...given).catch((error) => console.debug(error));
}

function listen() {
  stream = new EventSource("/events");
  stream.addEventListener("ready", () => {
    chats.forEach((chat) => inBackground(update, chat));
    inBackground(updateClock);
  });
  stream.addEventListener("clock", () => inBackground(updateClock));
  stream.addEventListener("message", (event) => {
    chats.filter((chat) => chat.dataset.address === event.data).forEach((chat) => inBackground(update, chat));
  });
}

// A browser keeps few connections to one address: a page that nobody sees gives its own back.
document.addEventListener("visibilitychange", () => {
  stream?.close();
  if (!document.hidden) {
    listen();
  }
});

document.documentElement.classList.add("scripted");
if (!document.hidden) {
  listen();
}
