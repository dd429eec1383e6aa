"use strict";
// The conversation beside the drawing. The server sends each turn as HTML in which every text is escaped; this script
// puts it in place, keeps folds open, passes clicks on, and saves exports. It runs inside a gr.HTML component.
window.konigsbergTalk = (element, trigger, props, watch) => {
  const log = element.querySelector(".kb-log");
  const notice = element.querySelector(".kb-notice");
  const said = element.querySelector(".kb-said");
  const known = new Map(); // key of a turn -> [its HTML, its element]
  let saved = 0, busy = false;

  function show() {
    const value = props.value || { turns: [] };
    if (value.name) sessionStorage.setItem("konigsberg-talk", value.name);
    const keys = value.turns.map((turn) => turn.key);
    for (const [key, [, old]] of known) if (!keys.includes(key)) { old.remove(); known.delete(key); }
    const more = value.turns.some((turn) => !known.has(turn.key));
    value.turns.forEach((turn, place) => {
      const before = known.get(turn.key);
      if (before && before[0] === turn.html) return;
      const holder = document.createElement("template");
      holder.innerHTML = turn.html;
      const made = holder.content.firstElementChild;
      if (before) keepOpen(before[1], made);
      if (before) before[1].replaceWith(made);
      else log.insertBefore(made, log.children[place] || null);
      known.set(turn.key, [turn.html, made]);
    });
    const last = log.lastElementChild;
    if ((more || (busy && !value.busy)) && last) log.scrollTop = last.offsetTop - log.offsetTop - 8;
    if (busy && !value.busy && last) said.textContent = `Answer: ${(last.querySelector(".answer, .failed") || last).textContent.slice(0, 400)}`;
    const doing = value.busy && last ? last.querySelector(".work .small") : null;
    const work = doing ? `Working ${doing.textContent.trim()}`.trim() : "";
    if (work && work !== said.textContent) said.textContent = work; // each step once, not each tick
    busy = Boolean(value.busy);
    log.setAttribute("aria-busy", String(busy));
    document.body.classList.toggle("kb-busy", busy);
    notice.textContent = value.notice || "";
    notice.hidden = !value.notice;
    if (value.download && value.download.id !== saved) save(value.download);
  }

  // a fold that was open stays open, and a button that had the focus keeps it
  function keepOpen(old, made) {
    const open = [...old.querySelectorAll("details[data-key]")].filter((one) => one.open).map((one) => one.dataset.key);
    for (const one of made.querySelectorAll("details[data-key]")) if (open.includes(one.dataset.key)) one.open = true;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    if (focused && focused.dataset.act) {
      const same = [...made.querySelectorAll("[data-act]")].find((one) => one.dataset.act === focused.dataset.act);
      if (same) requestAnimationFrame(() => same.focus({ preventScroll: true }));
    }
  }

  function save(file) {
    saved = file.id;
    window.konigsbergSave(file);
  }

  log.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (!button) return;
    if (button.dataset.act === "ask" && busy) return;
    trigger("act", { ...button.dataset });
  });
  watch("value", show);
  show();
};

// the address of a copy of this conversation
window.konigsbergLink = (value) => {
  const address = new URL(location.href);
  address.search = new URLSearchParams({ copy: (value && value.link) || "" }).toString();
  return address.href;
};

// a text as a file on the person's machine
window.konigsbergSave = (file) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file.text], { type: file.type }));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

// HTML in which the server escaped every text, put in place; buttons with data-act are passed on, folds stay open
window.konigsbergMarkup = (element, trigger, props, watch) => {
  const root = element.querySelector(".kb-markup");
  const notice = element.querySelector(".kb-notice");
  let shown = null, saved = 0;
  const show = () => {
    const value = props.value || {};
    notice.textContent = value.notice || "";
    notice.hidden = !value.notice;
    if (value.download && value.download.id !== saved) { saved = value.download.id; window.konigsbergSave(value.download); }
    if ((value.html || "") === shown) return;
    shown = value.html || "";
    const folds = new Map([...root.querySelectorAll("details[data-key]")].map((one) => [one.dataset.key, one.open]));
    const [top, focused] = [root.scrollTop, root.contains(document.activeElement) ? { ...document.activeElement.dataset } : null];
    root.innerHTML = shown;
    for (const one of root.querySelectorAll("details[data-key]")) if (folds.has(one.dataset.key)) one.open = folds.get(one.dataset.key);
    root.scrollTop = value.top ? 0 : top;
    if (focused && focused.act) {
      const same = [...root.querySelectorAll("[data-act]")].find((one) => Object.entries(focused).every(([key, text]) => one.dataset[key] === text));
      if (same) same.focus({ preventScroll: true });
    }
  };
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (button) trigger("act", { ...button.dataset });
  });
  watch("value", show);
  show();
};
