// The texts of a page that are seen and have too little contrast (WCAG 2.2 AA), with their colours.
const parse = (c) => { const p = c.match(/[\d.]+/g).map(Number); return [p[0], p[1], p[2], p.length > 3 ? p[3] : 1]; };
const light = (c) => { const [r, g, b] = c.slice(0, 3).map((x) => x / 255)
  .map((x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
  if (c[3] > 0.99) return c; } return [255, 255, 255, 1]; };
const found = new Set();
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const e = walk.currentNode.parentElement, text = walk.currentNode.textContent.trim();
  if (!text || !e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
  const box = e.getBoundingClientRect();
  if (e.closest('script, style, [disabled], [aria-disabled=true], .kb-sr, option, .visually-hidden') || box.width < 2) continue;
  const style = getComputedStyle(e), [one, other] = [light(parse(style.color)), light(ground(e))].sort((a, b) => b - a);
  const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
  if ((one + 0.05) / (other + 0.05) < (large ? 3 : 4.5)) found.add(`${text.slice(0, 40)} ${style.color} on ${ground(e)}`);
}
for (const e of document.querySelectorAll('input, textarea')) {
  if (!e.placeholder || !e.offsetParent || e.disabled) continue;
  const [one, other] = [light(parse(getComputedStyle(e, '::placeholder').color)), light(ground(e))].sort((a, b) => b - a);
  if ((one + 0.05) / (other + 0.05) < 4.5) found.add(`placeholder ${e.placeholder.slice(0, 40)}`);
}
return [...found];
