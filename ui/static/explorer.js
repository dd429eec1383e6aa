"use strict";
// The interactive drawing: time slider, search, colours, and the facts of an entity with their evidence.
// Every text of the graph enters the page as text, never as HTML.
(() => {
  const data = JSON.parse(document.getElementById("drawing-data").textContent);
  const byId = (id) => document.getElementById(id);
  const [canvas, panel, tip, slider] = ["canvas", "facts", "tip", "slider"].map(byId);
  const nodes = data.nodes.map(([label, type, step, community, degree, aliases, about, x, y], id) =>
    ({ id, label, type, step, community, degree, aliases, about, x, y, facts: [] }));
  const facts = data.facts.map(([source, verb, target, grounded, confidence, step, evidence], id) =>
    ({ id, source, verb: data.verbs[verb], target, grounded: !!grounded, confidence, step, evidence }));
  for (const fact of facts) {
    nodes[fact.source].facts.push(fact);
    if (fact.target !== fact.source) nodes[fact.target].facts.push(fact);
  }
  const ranked = [...nodes].sort((a, b) => b.degree - a.degree || a.id - b.id);
  const kinds = 8;
  const state = { step: data.last, grounded: false, colour: "type", mode: data.groups ? "groups" : "all", chosen: null };

  // -- small helpers

  function element(name, options = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(options)) {
      if (key === "click") made.addEventListener("click", value);
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }
  const variable = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const seen = (fact) => fact.step <= state.step && (fact.grounded || !state.grounded);
  const present = (node) => node.step <= state.step || node.facts.some((fact) => fact.step <= state.step);
  const say = (fact) => `${nodes[fact.source].label} — ${fact.verb} → ${nodes[fact.target].label}`;
  const other = (fact, node) => nodes[fact.source === node.id ? fact.target : fact.source];
  const link = (node) => element("button", { type: "button", class: "link", click: () => choose(node) }, node.label);

  // -- colours

  const ways = {
    type: { name: "type", of: (n) => (n.type < 0 || n.type >= kinds ? kinds : n.type) },
    community: { name: "community", of: (n) => (n.community >= kinds ? kinds : n.community) },
    step: { name: "step it came in", of: (n) => Math.min(kinds - 1, Math.floor(((n.step - 1) / Math.max(data.last, 1)) * kinds)) },
  };
  const ramp = (k) => `hsl(${215 - k * 25} 70% ${matchMedia("(prefers-color-scheme: dark)").matches ? 66 : 42}%)`;
  let palette = [];
  const readPalette = () => { palette = Array.from({ length: kinds + 1 }, (_, k) => (state.colour === "step" ? ramp(k) : variable(`k${k}`))); };
  const paint = (k) => palette[k];
  function legend() {
    const list = byId("types");
    readPalette();
    const counts = new Map();
    for (const node of nodes) counts.set(ways[state.colour].of(node), (counts.get(ways[state.colour].of(node)) || 0) + 1);
    list.replaceChildren();
    byId("colour").disabled = state.mode === "groups";
    if (state.mode === "groups") return;
    for (const [k, count] of [...counts].sort((a, b) => a[0] - b[0])) {
      const words = {
        type: k < kinds ? data.types[k] : data.types.length > kinds ? "other or none" : "no type",
        community: k < kinds ? `around ${ranked.find((n) => n.community === k).label}` : "smaller communities",
        step: `steps ${Math.floor((k * data.last) / kinds) + 1}–${Math.max(Math.floor(((k + 1) * data.last) / kinds), 1)}`,
      };
      const swatch = element("span", { class: "swatch" });
      swatch.style.background = paint(k);
      list.append(element("li", {}, swatch, ` ${words[state.colour]} (${count.toLocaleString("en")})`));
    }
  }

  // -- what is drawn

  function allElements() {
    const pairs = new Map();
    for (const fact of facts) {
      if (fact.source === fact.target) continue;
      const key = fact.source < fact.target ? `${fact.source} ${fact.target}` : `${fact.target} ${fact.source}`;
      if (!pairs.has(key)) pairs.set(key, []);
      pairs.get(key).push(fact);
    }
    const lines = [...pairs].map(([key, found]) => {
      const [source, target] = key.split(" ");
      return { data: { id: `f${found[0].id}`, source: `n${source}`, target: `n${target}`, facts: found, width: 1 + Math.log2(found.length) } };
    });
    return [...nodes.map((n) => dot(n, { x: n.x, y: n.y })), ...lines];
  }

  function dot(node, position) {
    return { data: { id: `n${node.id}`, node, label: node.label, size: 8 + 4 * Math.sqrt(node.degree) }, position, grabbable: false };
  }

  function groupElements() {
    const found = data.groups.nodes.map(([members, x, y], i) => {
      const best = ranked.find((n) => n.community === i);
      return { data: { id: `g${i}`, group: i, label: best.label, size: 10 + 5 * Math.sqrt(members), node: best }, position: { x, y }, grabbable: false };
    });
    const lines = data.groups.links.map(([a, b, links]) =>
      ({ data: { id: `l${a} ${b}`, source: `g${a}`, target: `g${b}`, links, width: 1 + Math.log2(links) } }));
    return [...found, ...lines];
  }

  function nearElements(centre) {
    const around = [...new Set(centre.facts.filter(seen).map((fact) => other(fact, centre)))].filter((n) => n !== centre);
    around.sort((a, b) => b.degree - a.degree || a.id - b.id);
    const shown = around.slice(0, 48);
    const there = new Set([centre, ...shown]);
    const rings = shown.length > 18 ? [shown.slice(0, Math.ceil(shown.length / 3)), shown.slice(Math.ceil(shown.length / 3))] : [shown];
    const made = [dot(centre, { x: 0, y: 0 })];
    rings.forEach((ring, r) => ring.forEach((node, i) => {
      const angle = (2 * Math.PI * (i + r / 2)) / ring.length - Math.PI / 2;
      const away = 170 + 130 * r;
      made.push(dot(node, { x: 1.5 * away * Math.cos(angle), y: away * Math.sin(angle) }));
    }));
    for (const fact of facts) {
      if (!seen(fact) || fact.source === fact.target || !there.has(nodes[fact.source]) || !there.has(nodes[fact.target])) continue;
      const touches = fact.source === centre.id || fact.target === centre.id;
      const label = touches && shown.length <= 24 ? fact.verb : "";
      made.push({ data: { id: `f${fact.id}`, source: `n${fact.source}`, target: `n${fact.target}`, facts: [fact], width: touches ? 1.6 : 0.8, label }, classes: "arrow" });
    }
    return made;
  }

  const cy = cytoscape({ container: canvas, elements: [], minZoom: 0.03, maxZoom: 4, userZoomingEnabled: false, userPanningEnabled: false, boxSelectionEnabled: false, autoungrabify: true });

  function style() {
    const [text, back, quiet, real] = ["text", "panel", "quiet", "real"].map(variable);
    const font = { "font-size": 10, "min-zoomed-font-size": state.mode === "near" ? 11 : 99, color: text, "text-outline-color": back, "text-outline-width": 2 };
    cy.style([
      { selector: "node", style: { ...font, width: "data(size)", height: "data(size)", label: "data(label)", "text-valign": "bottom", "text-margin-y": 3, "text-max-width": 160, "text-wrap": "ellipsis", "background-color": (n) => (n.data("group") === undefined ? paint(ways[state.colour].of(n.data("node"))) : real), "border-width": 1, "border-color": back } },
      { selector: "node.hub", style: { "font-size": (n) => n.data("font"), "text-outline-width": (n) => n.data("font") / 5, "text-max-width": (n) => 15 * n.data("font"), "min-zoomed-font-size": 0, "z-index": 9 } },
      { selector: "edge", style: { "curve-style": "haystack", "haystack-radius": 0, width: "data(width)", "line-color": quiet, opacity: 0.45 } },
      { selector: "edge.arrow", style: { ...font, "font-size": 11, "min-zoomed-font-size": 0, color: quiet, "curve-style": "bezier", "target-arrow-shape": "triangle", "target-arrow-color": quiet, "arrow-scale": 0.8, label: "data(label)", "text-rotation": "autorotate" } },
      { selector: ".dim", style: { opacity: 0.12 } },
      { selector: "node.chosen", style: { "min-zoomed-font-size": 0, "border-width": 3, "border-color": text, "z-index": 10 } },
      { selector: "edge.lit", style: { "line-color": real, "target-arrow-color": real, opacity: 0.95 } },
      { selector: ".gone", style: { display: "none" } },
    ]);
  }

  function draw() {
    cy.elements().remove();
    cy.add(state.mode === "near" ? nearElements(state.chosen) : state.mode === "groups" ? groupElements() : allElements());
    byId("reset").textContent = state.mode === "near" && data.groups ? "Overview" : "Whole graph";
    legend();
    style();
    hide();
    fit();
  }

  // by positions alone: the boxes of a thousand names take a second
  function fit() {
    cy.resize();
    const at = cy.nodes().not(".gone").map((n) => n.position());
    const [xs, ys] = [at.map((p) => p.x), at.map((p) => p.y)];
    const span = (all) => (all.length ? [Math.min(...all), Math.max(...all)] : [0, 0]);
    const [[left, right], [top, bottom]] = [span(xs), span(ys)];
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const zoom = Math.min((width - 90) / (right - left || 1), (height - 70) / (bottom - top || 1), 2.2);
    cy.viewport({ zoom, pan: { x: width / 2 - (zoom * (left + right)) / 2, y: height / 2 - (zoom * (top + bottom)) / 2 } });
    nameHubs();
  }

  // the largest nodes in view whose names have room at this zoom
  function nameHubs() {
    const font = 12 / cy.zoom();
    const taken = [];
    const { x1, x2, y1, y2 } = cy.extent();
    const shown = cy.nodes().not(".gone").filter((n) => n.position("x") > x1 && n.position("x") < x2 && n.position("y") > y1 && n.position("y") < y2);
    const best = shown.toArray().sort((a, b) => b.data("size") - a.data("size")).slice(0, 90);
    const named = best.filter((n) => {
      const { x, y } = n.position();
      const half = Math.min(n.data("label").length, 24) * font * 0.29, top = y + n.data("size") / 2;
      const box = [x - half, top, x + half, top + 1.6 * font];
      if (taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) return false;
      taken.push(box);
      return true;
    });
    cy.batch(() => {
      cy.nodes(".hub").removeClass("hub");
      for (const n of named) n.data("font", font).addClass("hub");
    });
  }

  function hide() {
    cy.batch(() => {
      cy.nodes().forEach((n) => {
        const group = n.data("group");
        if (group === undefined) n.toggleClass("gone", state.mode === "all" && !present(n.data("node")));
        else {
          const count = nodes.reduce((sum, one) => sum + (one.community === group && one.step <= state.step), 0);
          n.toggleClass("gone", !count);
          n.data("size", 10 + 5 * Math.sqrt(count));
        }
      });
      cy.edges().forEach((e) => {
        const found = e.data("facts");
        e.toggleClass("gone", found ? !found.some(seen) : false);
      });
    });
  }

  // -- choosing

  function choose(node) {
    state.chosen = node;
    if (data.groups || state.mode === "near") {
      state.mode = "near";
      draw();
    } else light(node);
    tell(node);
  }

  function light(node) {
    cy.elements().removeClass("dim chosen lit");
    const n = cy.getElementById(`n${node.id}`);
    const near = n.closedNeighborhood();
    cy.elements().difference(near).addClass("dim");
    near.edges().addClass("lit");
    n.addClass("chosen");
    cy.animate({ center: { eles: n }, zoom: Math.max(cy.zoom(), 0.9), duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 250, complete: nameHubs });
  }

  function tell(node) {
    const visible = node.facts.filter(seen);
    const parts = [element("h3", { tabindex: "-1" }, node.label)];
    const kind = node.type >= 0 ? data.types[node.type] : "no type";
    parts.push(element("p", { class: "small" }, `${kind}, came in step ${node.step}, ${node.degree} neighbours`));
    if (node.aliases.length) parts.push(element("p", {}, `Also: ${node.aliases.join(", ")}`));
    if (node.about) parts.push(element("p", {}, node.about));
    if (state.mode === "all") parts.push(element("button", { type: "button", class: "link", click: () => { state.mode = "near"; draw(); } }, "Draw its neighbourhood alone"));
    const list = element("ul");
    for (const fact of visible.slice(0, 200)) list.append(row(fact, node));
    parts.push(element("p", { class: "small" }, `${visible.length} facts${visible.length > 200 ? ", the first 200" : ""}${data.left ? `; ${data.left.toLocaleString("en")} facts of the graph are not in this file` : ""}`), list);
    panel.replaceChildren(...parts);
    panel.scrollTop = 0;
  }

  function row(fact, node) {
    const verb = element("span", { class: fact.grounded ? "verb grounded" : "verb" }, fact.verb);
    const self = fact.source === fact.target;
    const line = self ? [verb, " itself"] : fact.source === node.id ? [verb, " → ", link(other(fact, node))] : ["← ", verb, " ← ", link(other(fact, node))];
    const about = `${fact.grounded ? "grounded" : "hypothesis"}, confidence ${fact.confidence}, step ${fact.step}`;
    const more = element("details", {}, element("summary", { class: "small" }, about), ...evidence(fact));
    return element("li", {}, ...line, more);
  }

  function evidence(fact) {
    return fact.evidence.length
      ? fact.evidence.map(([quote, where]) => element("blockquote", {}, quote ? `“${quote}” ` : "", element("span", { class: "small" }, where)))
      : [element("p", { class: "small" }, "no evidence kept")];
  }

  function tellGroup(group) {
    const members = ranked.filter((n) => n.community === group && n.step <= state.step);
    const list = element("ul");
    for (const node of members.slice(0, 80)) list.append(element("li", {}, link(node), element("span", { class: "small" }, ` ${node.degree} neighbours`)));
    panel.replaceChildren(element("h3", {}, `Community around ${ranked.find((n) => n.community === group).label}`), element("p", { class: "small" }, `${members.length} entities${members.length > 80 ? ", the 80 best-connected" : ""}`), list);
    panel.scrollTop = 0;
  }

  function find(text) {
    const asked = text.trim().toLocaleLowerCase();
    if (!asked) return;
    const names = (n) => [n.label, ...n.aliases].map((name) => name.toLocaleLowerCase());
    const exact = ranked.filter((n) => names(n).includes(asked));
    const found = exact.length ? exact : ranked.filter((n) => names(n).some((name) => name.includes(asked)));
    if (found.length === 1) return void choose(found[0]);
    const list = element("ul");
    for (const node of found.slice(0, 100)) list.append(element("li", {}, link(node)));
    panel.replaceChildren(element("p", {}, found.length ? `${found.length} entities match “${text}”${found.length > 100 ? ", the first 100" : ""}:` : `No entity matches “${text}”.`), list);
  }

  function whole() {
    state.mode = data.groups ? "groups" : "all";
    state.chosen = null;
    draw();
  }

  function refresh() {
    byId("step").textContent = state.step;
    slider.value = state.step;
    if (state.mode === "near") draw();
    else hide();
    if (state.chosen) tell(state.chosen);
  }

  // -- events

  cy.on("tap", "node", (event) => {
    const group = event.target.data("group");
    if (group === undefined) choose(event.target.data("node"));
    else tellGroup(group);
  });
  cy.on("tap", "edge", (event) => { if (event.target.data("facts")) tellFacts(event.target.data("facts").filter(seen)); });
  cy.on("tap", (event) => { if (event.target === cy) cy.elements().removeClass("dim chosen lit"); });
  function tellFacts(found) {
    panel.replaceChildren(...found.flatMap((fact) => [element("p", {}, say(fact)), ...evidence(fact)]));
  }
  cy.on("mouseover", "node, edge", (event) => {
    const one = event.target;
    const lines = [];
    if (one.isNode() && one.data("group") === undefined) {
      const node = one.data("node");
      lines.push(element("p", {}, element("b", {}, node.label)), ...node.facts.filter(seen).slice(0, 4).map((f) => element("p", {}, say(f))));
    } else if (one.isNode()) lines.push(element("p", {}, `community around ${one.data("label")}`));
    else if (one.data("facts")) for (const fact of one.data("facts").filter(seen).slice(0, 4)) lines.push(element("p", {}, element("b", {}, say(fact))), ...evidence(fact).slice(0, 2));
    else lines.push(element("p", {}, `${one.data("links")} pairs of entities linked`));
    tip.replaceChildren(...lines);
    tip.style.display = "block";
    const { x, y } = event.renderedPosition;
    tip.style.left = `${Math.max(4, Math.min(x + 14, canvas.clientWidth - tip.offsetWidth - 6))}px`;
    tip.style.top = `${Math.max(4, Math.min(y + 14, canvas.clientHeight - tip.offsetHeight - 6))}px`;
  });
  cy.on("mouseout", "node, edge", () => { tip.style.display = "none"; });
  cy.on("viewport", () => { clearTimeout(cy.scratch("naming")); cy.scratch("naming", setTimeout(nameHubs, 80)); });

  // the page scrolls over the drawing until it is clicked
  const hint = element("span", { class: "hint small" }, "click to zoom and move");
  canvas.after(hint);
  const activate = (on) => { cy.userZoomingEnabled(on); cy.userPanningEnabled(on); hint.style.display = on ? "none" : ""; };
  canvas.tabIndex = 0;
  canvas.addEventListener("pointerdown", () => activate(true));
  canvas.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") activate(false); tip.style.display = "none"; });
  document.addEventListener("pointerdown", (event) => { if (!canvas.contains(event.target)) activate(false); });
  canvas.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    const middle = { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 };
    if (move) cy.panBy({ x: move[0], y: move[1] });
    else if (event.key === "+") cy.zoom({ level: cy.zoom() * 1.25, renderedPosition: middle });
    else if (event.key === "-") cy.zoom({ level: cy.zoom() / 1.25, renderedPosition: middle });
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });

  slider.addEventListener("input", () => { state.step = Number(slider.value); refresh(); });
  byId("grounded").addEventListener("change", (event) => { state.grounded = event.target.checked; refresh(); });
  byId("search").addEventListener("change", (event) => find(event.target.value));
  byId("search").addEventListener("keydown", (event) => { if (event.key === "Enter") find(event.target.value); });
  byId("reset").addEventListener("click", whole);
  let timer = null;
  byId("play").addEventListener("click", (event) => {
    const stop = () => { clearInterval(timer); timer = null; event.target.textContent = "Play"; event.target.setAttribute("aria-pressed", "false"); };
    if (timer) return void stop();
    if (state.step >= data.last) state.step = 0;
    event.target.textContent = "Pause";
    event.target.setAttribute("aria-pressed", "true");
    timer = setInterval(() => { state.step = Math.min(data.last, state.step + Math.max(1, Math.round(data.last / 100))); refresh(); if (state.step >= data.last) stop(); }, 200);
  });
  const colour = byId("colour");
  for (const [key, way] of Object.entries(ways)) if (key !== "type" || data.types.length) colour.append(element("option", { value: key }, way.name));
  state.colour = colour.value;
  const recolour = () => { legend(); style(); };
  colour.addEventListener("change", () => { state.colour = colour.value; recolour(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  for (const button of document.querySelectorAll("[data-entity]")) {
    button.addEventListener("click", () => {
      byId("graph").scrollIntoView();
      choose(nodes[Number(button.dataset.entity)]);
    });
  }
  for (const node of ranked.slice(0, 1500)) byId("names").append(element("option", { value: node.label }));
  new ResizeObserver(() => cy.resize()).observe(canvas);
  if (!facts.some((fact) => fact.grounded)) byId("grounded").closest("label").style.display = "none";
  if (data.last < 2) for (const id of ["slider", "play"]) byId(id).disabled = true;
  draw();
})();
