"use strict";
// The drawing of the graph beside the conversation: move, zoom, search, details, ask about nodes, and the answer on it.
// Every text of the graph enters the page as text, never as HTML. It runs inside a gr.HTML component.
window.konigsbergPanel = (element, trigger, props, watch) => {
  const part = (name) => element.querySelector(`.kb-${name}`);
  const [canvas, tip, chosen, search, empty] = ["canvas", "tip", "chosen", "search", "empty"].map(part);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let scene = { nodes: [], edges: [] }, drawn = "", picked = [], pending = false;

  function make(name, options = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(options)) {
      if (key === "click") made.addEventListener("click", value);
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }
  const variable = (name) => getComputedStyle(element.querySelector(".kb-panel")).getPropertyValue(`--kb-${name}`).trim();
  const act = (data) => trigger("act", data);
  const store = () => Boolean(props.value && props.value.store); // a grown graph: what is chosen is looked up, not asked about

  const cy = cytoscape({ container: canvas, elements: [], minZoom: 0.02, maxZoom: 5, boxSelectionEnabled: false, userZoomingEnabled: false });
  canvas.konigsberg = cy; // for tests

  // -- style

  function style() {
    const v = Object.fromEntries(["text", "panel", "quiet", "on", "end", "cut", "flow", "node"].map((name) => [name, variable(name)]));
    const groups = Array.from({ length: 9 }, (_, k) => variable(`k${k}`));
    const large = scene.view === "overview";
    const size = (n) => (n.data("size") >= 0 ? (large ? 12 + 46 * n.data("size") : 12 + 26 * n.data("size")) : 18);
    const font = { "font-family": "system-ui, sans-serif", color: v.text, "text-outline-color": v.panel, "text-outline-width": 2.5 };
    const many = cy.nodes().length > 40;
    // cytoscape compares with the size at the next power of two of zoom and pixel ratio; below it only what is named is written
    const tiny = (many ? 10.5 : 13.5) * (window.devicePixelRatio > 1.5 ? 2 : 1);
    const least = (base) => (n) => Math.max(base, n.data("least") || 0); // what is marked is seen at any zoom
    cy.style([
      { selector: "node", style: { ...font, width: size, height: size, label: "data(label)", "font-size": many ? 10 : 13, "min-zoomed-font-size": tiny, "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap", "text-max-width": 150, "text-overflow-wrap": "anywhere", "background-color": (n) => (n.data("group") >= 0 ? groups[n.data("group")] : v.node), "border-width": 1.5, "border-color": v.panel } },
      { selector: "edge", style: { ...font, width: (e) => (large ? 0.6 + 7 * e.data("weight") : many ? 1 : 1.8), "line-color": v.quiet, "line-opacity": large ? 0.3 : 0.55, "curve-style": cy.edges().length > 600 ? "haystack" : "bezier", "haystack-radius": 0, label: "data(text)", "font-size": 11, "min-zoomed-font-size": 7, "text-rotation": "autorotate", "control-point-step-size": 46 } },
      { selector: "edge.arrow", style: { "target-arrow-shape": "triangle", "target-arrow-color": v.quiet, "arrow-scale": 1 } },
      { selector: ".dim", style: { opacity: 0.35 } },
      { selector: "node.named", style: { "font-size": "data(font)", "min-zoomed-font-size": 0, "text-outline-width": (n) => n.data("font") / 5, "text-max-width": (n) => 13 * n.data("font"), "z-index": 7 } },
      { selector: "node.on", style: { "border-width": 4, "border-color": v.on, "z-index": 5 } },
      { selector: "node.on.plain", style: { "background-color": v.on, "border-width": 1.5, width: (n) => Math.max(size(n), n.data("least") || 0), height: (n) => Math.max(size(n), n.data("least") || 0) } },
      { selector: "node.end", style: { "border-width": 5, "border-color": v.end, "background-color": v.end, width: least(24), height: least(24), "z-index": 6 } },
      { selector: "node.cut", style: { "background-color": v.cut, "border-color": v.cut, shape: "diamond", width: 26, height: 26, "z-index": 6 } },
      { selector: "edge.on", style: { "line-color": v.on, "target-arrow-color": v.on, width: least(5), "line-opacity": 1, "z-index": 4 } },
      { selector: "edge.flow", style: { "line-color": v.flow, "target-arrow-color": v.flow, width: 4, "line-opacity": 0.9, "z-index": 3, "font-weight": "bold" } },
      { selector: "edge.cut", style: { "line-color": v.cut, "target-arrow-color": v.cut, width: 5, "line-opacity": 1, "line-style": "dashed", "z-index": 4, "font-weight": "bold" } },
      { selector: "node.picked", style: { "underlay-color": v.end, "underlay-opacity": 0.35, "underlay-padding": 9, "z-index": 9 } },
      { selector: "node.found", style: { "underlay-color": v.on, "underlay-opacity": 0.35, "underlay-padding": 7 } },
      { selector: ".hushed", style: { opacity: 0.15 } },
    ]);
  }

  // -- drawing

  // a name beside its node; the whole of it stands in the details
  const cut = (label) => { const signs = [...label]; return signs.length > 36 ? `${signs.slice(0, 35).join("")}…` : label; };

  function elements() {
    const nodes = scene.nodes.map(([label, x, y, role, group, size, text, lines], k) => ({
      data: { id: `n${k}`, name: label, label: text ? `${cut(label)}\n${text}` : cut(label), group, size, lines },
      position: { x, y }, classes: [role, group < 0 || role !== "on" ? "plain" : ""].join(" ").trim(),
    }));
    const edges = scene.edges.map(([a, b, role, text, lines, weight], k) => ({
      data: { id: `e${k}`, source: `n${a}`, target: `n${b}`, text, lines, weight: weight || 0 },
      classes: [role, scene.directed ? "arrow" : ""].join(" ").trim(),
    }));
    return [...nodes, ...edges];
  }

  function draw() {
    if (!canvas.clientWidth) { pending = true; return; } // hidden: a canvas drawn now would stay blank
    pending = false;
    const same = JSON.stringify([scene.view, scene.nodes.map((n) => n[0]), scene.edges.map((e) => [e[0], e[1]])]);
    const moved = same === drawn ? new Map(cy.nodes().map((n) => [n.id(), { ...n.position() }])) : new Map();
    const before = new Map(store() && !still && same !== drawn ? cy.nodes().map((n) => [n.data("name"), { ...n.position() }]) : []);
    cy.batch(() => {
      cy.elements().remove();
      cy.add(elements());
      for (const [id, at] of moved) cy.getElementById(id).position(at);
    });
    if (before.size && scene.nodes.length <= 400) glide(before);
    if (!store() && cy.elements(".on, .end, .cut, .flow").length) cy.elements().not(".on, .end, .cut, .flow").addClass("dim");
    if (scene.nodes.some((n) => n[4] >= 0) || scene.nodes.some((n) => n[5] >= 0)) cy.nodes(".dim").removeClass("dim");
    style();
    if (same !== drawn) { picked = []; if (before.size) setTimeout(() => { fit(); name(); }, 480); else fit(); }
    drawn = same;
    tell();
    name();
  }

  // a graph that has grown: what was there before moves from its old place to the new one
  function glide(before) {
    cy.nodes().forEach((node) => {
      const old = before.get(node.data("name")), goal = { ...node.position() };
      if (!old) return;
      node.position(old);
      node.animate({ position: goal }, { duration: 450 });
    });
  }

  function fit() {
    cy.resize();
    if (!cy.nodes().length) return;
    cy.fit(cy.nodes(), 46);
    if (cy.zoom() > 1.25) { cy.zoom(1.25); cy.center(cy.nodes()); }
  }

  // names at a size that can be read, where they have room: what is marked first, then the best-connected
  function name() {
    if (!canvas.clientWidth || !cy.nodes().length) return;
    const zoom = cy.zoom(), font = 12.5 / zoom, taken = [];
    const worth = (n) => (n.hasClass("picked") || n.hasClass("end") ? 1e9 : n.hasClass("on") || n.hasClass("cut") ? 1e8 : 0) + (n.data("size") > 0 ? 1e5 * n.data("size") : 0) + n.degree(false);
    const box = cy.extent();
    const near = cy.nodes().filter((n) => { const { x, y } = n.position(); return x > box.x1 && x < box.x2 && y > box.y1 && y < box.y2; });
    const best = near.toArray().map((n) => [worth(n), n]).sort((a, b) => b[0] - a[0]).slice(0, 150).map(([, n]) => n);
    const few = cy.nodes(".on, .end, .cut").length <= 16;
    const named = best.filter((n) => {
      const { x, y } = n.position();
      const lines = n.data("label").split("\n");
      const half = Math.min(Math.max(...lines.map((line) => line.length)), 24) * font * 0.3, top = y + n.height() / 2;
      const wide = [x - half, top, x + half, top + 1.35 * font * lines.length];
      const must = n.is(".end, .cut, .picked") || (few && !store() && n.hasClass("on"));
      if (!must && taken.some((b) => wide[0] < b[2] && b[0] < wide[2] && wide[1] < b[3] && b[1] < wide[3])) return false;
      taken.push(wide);
      return true;
    });
    cy.batch(() => {
      cy.nodes(".named").removeClass("named");
      for (const n of named) n.data("font", font).addClass("named");
      cy.nodes(".on, .end, .cut").forEach((n) => { n.data("least", (n.hasClass("end") ? 13 : 10) / zoom); });
      cy.edges(".on").forEach((e) => { e.data("least", 3 / zoom); });
    });
  }

  function show() {
    const value = props.value || {};
    scene = value.scene || { nodes: [], edges: [] };
    part("name").textContent = value.name || "No graph yet";
    part("about").textContent = scene.title || "";
    part("trouble").textContent = value.trouble || "";
    part("trouble").hidden = !value.trouble;
    const blank = !scene.nodes.length;
    empty.hidden = !blank;
    empty.querySelector("p").textContent = scene.empty ? "This graph has no nodes." : value.blank || ((value.examples || []).length ? "Upload a file, paste text, or take an example:" : "");
    empty.querySelector(".kb-chips").replaceChildren(...(value.examples || []).map(([name, about]) =>
      make("button", { type: "button", title: about, click: () => act({ act: "example", name }) }, make("b", {}, name.replaceAll("_", " ")), ` ${about}`)));
    for (const one of element.querySelectorAll(".kb-tools, .kb-foot")) one.hidden = blank;
    part("note").textContent = scene.note || "";
    part("note").hidden = !scene.note;
    part("says").textContent = scene.says || "";
    const coloured = scene.nodes.some((n) => n[4] >= 0); // then a mark is a ring round a node's own colour
    part("legend").replaceChildren(...(scene.legend || []).map(([swatch, words]) => make("li", {}, make("span", { class: `kb-swatch ${swatch}${swatch === "on" && coloured ? " ring" : ""}`, "aria-hidden": "true" }), ` ${words}`)));
    part("views").hidden = !scene.large;
    for (const one of part("views").children) {
      one.setAttribute("aria-pressed", String(one.dataset.view === scene.view));
      one.hidden = one.dataset.view === "near" && !scene.marked && scene.view !== "near";
    }
    part("names").replaceChildren(...scene.nodes.slice(0, 1000).map((n) => make("option", { value: n[0] })));
    list();
    draw();
  }

  // the drawing in words, for those who do not see it
  function list() {
    const said = Object.fromEntries((scene.legend || []).map(([swatch, words]) => [swatch, words.replace(/ \([\d,]+\)$/, "")]));
    const rows = scene.nodes.slice(0, 200).map(([label, , , role, group, , text, lines]) =>
      make("tr", {}, make("th", { scope: "row" }, label), make("td", {}, text || ""), make("td", {}, [role && (said[role] || "marked"), group >= 0 && (said[`group${group}`] || `group ${group + 1}`)].filter(Boolean).join("; ")), make("td", {}, lines[0] || "")));
    const head = make("tr", {}, ...["node", "value", "in the answer", "edges"].map((name) => make("th", { scope: "col" }, name)));
    part("list").replaceChildren(head, ...rows);
    part("listed").textContent = scene.nodes.length > 200 ? `The first 200 of ${scene.nodes.length.toLocaleString("en")} drawn nodes` : `All ${scene.nodes.length} drawn nodes as a table`;
  }

  // -- choosing nodes

  function pick(node) {
    const id = node.id();
    picked = picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id].slice(-2);
    tell();
    if (store() && scene.view !== "overview") act({ act: "pick", names: picked.map((one) => cy.getElementById(one).data("name")) });
  }

  function tell() {
    cy.nodes(".picked").removeClass("picked");
    const nodes = picked.map((id) => cy.getElementById(id)).filter((n) => n.length);
    for (const node of nodes) node.addClass("picked");
    chosen.hidden = !nodes.length;
    if (!nodes.length) return;
    const [first, last] = [nodes[0].data("name"), nodes[nodes.length - 1].data("name")];
    const large = scene.view === "overview";
    const asks = large || store() ? [] : nodes.length > 1
      ? [`What is the shortest path from ${first} to ${last}?`, `Is there an edge between ${first} and ${last}?`, `Which neighbours do ${first} and ${last} have in common?`]
      : [`What are the neighbours of ${last}?`, `What is the degree of ${last}?`, `What is the eccentricity of ${last}?`];
    const buttons = asks.map((text) => make("button", { type: "button", click: () => act({ act: "ask", text }) }, text));
    if (scene.large) buttons.unshift(make("button", { type: "button", click: () => act({ act: "find", text: last }) }, `Look around ${last}`));
    const second = store() ? ". Choose a second entity to see the ways between the two." : ". Choose a second node to ask about both.";
    const details = nodes.length > 1 ? "Choose another node to change the pair." : nodes[0].data("lines").join(" · ") + (large ? "" : second);
    chosen.replaceChildren(make("p", {}, make("b", {}, nodes.length > 1 ? `${first} and ${last}` : last), ` ${details}`), make("div", { class: "kb-chips" }, ...buttons));
  }

  function find(text) {
    const wanted = text.trim().toLocaleLowerCase();
    cy.elements().removeClass("found hushed");
    part("found").textContent = "";
    if (!wanted) return;
    const exact = cy.nodes().filter((n) => n.data("name").toLocaleLowerCase() === wanted);
    const found = exact.length ? exact : cy.nodes().filter((n) => n.data("name").toLocaleLowerCase().includes(wanted));
    if (scene.large && (scene.view === "overview" || !found.length)) return void act({ act: "find", text });
    part("found").textContent = found.length ? `${found.length} found` : `no node matches “${text.slice(0, 60)}”`;
    if (!found.length) return;
    found.addClass("found");
    cy.elements().not(found.closedNeighborhood()).addClass("hushed");
    if (found.length === 1) { picked = [found[0].id()]; tell(); }
    cy.animate({ fit: { eles: found.length === 1 ? found.closedNeighborhood() : found, padding: 70 }, duration: still ? 0 : 250 });
  }

  // -- events

  cy.on("tap", "node", (event) => pick(event.target));
  cy.on("tap", (event) => { if (event.target === cy) { picked = []; cy.elements().removeClass("found hushed"); part("found").textContent = ""; tell(); } });
  cy.on("mouseover", "node, edge", (event) => {
    const one = event.target;
    const lines = one.data("lines") || [];
    tip.replaceChildren(...(one.isNode() ? [make("b", {}, one.data("name")), ...lines.map((text) => make("p", {}, text))] : lines.map((text, k) => make(k ? "p" : "b", {}, text))));
    tip.hidden = false;
    const { x, y } = event.renderedPosition;
    tip.style.left = `${Math.max(4, Math.min(x + 14, canvas.clientWidth - tip.offsetWidth - 6))}px`;
    tip.style.top = `${Math.max(4, Math.min(y + 14, canvas.clientHeight - tip.offsetHeight - 6))}px`;
    if (one.isNode() && cy.nodes().length <= 400) cy.elements().not(one.closedNeighborhood()).addClass("hushed");
  });
  cy.on("mouseout", "node, edge", () => { tip.hidden = true; if (!search.value) cy.elements().removeClass("hushed"); });
  cy.on("zoom pan", () => { clearTimeout(cy.scratch("naming")); cy.scratch("naming", setTimeout(name, 90)); });
  cy.on("grab", () => { tip.hidden = true; });

  // the page scrolls over the drawing until it is clicked
  const hint = part("hint");
  const activate = (on) => { cy.userZoomingEnabled(on); hint.hidden = on; };
  canvas.addEventListener("pointerdown", () => activate(true));
  canvas.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") activate(false); tip.hidden = true; });
  const zoom = (by) => cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 } });
  canvas.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (move) cy.panBy({ x: move[0], y: move[1] });
    else if (event.key === "+") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  part("in").addEventListener("click", () => zoom(1.25));
  part("out").addEventListener("click", () => zoom(0.8));
  part("fit").addEventListener("click", fit);
  part("save").addEventListener("click", () => {
    const link = make("a", { href: cy.png({ full: true, scale: 2, bg: variable("panel"), maxWidth: 4000, maxHeight: 4000 }), download: "graph.png" });
    link.click();
  });
  for (const one of part("views").children) one.addEventListener("click", () => act({ act: "view", view: one.dataset.view }));
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") find(search.value); });
  search.addEventListener("change", () => find(search.value));
  search.addEventListener("input", () => { if (!search.value) find(""); });
  new MutationObserver(style).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  let wide = 0;
  new ResizeObserver(() => {
    if (pending) return void draw();
    cy.resize();
    const turned = wide && Math.abs(canvas.clientWidth - wide) > wide / 5; // a phone that was turned, a window made narrow
    if (drawn && (turned || !cy.scratch("seen"))) { cy.scratch("seen", true); fit(); name(); }
    wide = canvas.clientWidth || wide;
  }).observe(canvas);
  watch("value", show);
  show();
};
