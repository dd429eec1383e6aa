"use strict";
// A cursor in each chart that reads out the value nearest to the pointer.
(() => {
  for (const svg of document.querySelectorAll("svg[data-points]")) {
    const points = JSON.parse(svg.dataset.points);
    const { x, y, digits } = JSON.parse(svg.dataset.scale);
    const cursor = svg.querySelector(".cursor");
    const [line, dot] = cursor.children;
    const out = svg.closest("figure").querySelector(".now");
    const last = out.textContent;
    const on = ([low, high, start, end], value) => start + ((value - low) / (high - low || 1)) * (end - start);
    svg.addEventListener("pointermove", (event) => {
      const box = svg.getBoundingClientRect();
      const at = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
      const near = points.reduce((a, b) => (Math.abs(on(x, b[0]) - at) < Math.abs(on(x, a[0]) - at) ? b : a));
      line.setAttribute("x1", on(x, near[0]));
      line.setAttribute("x2", on(x, near[0]));
      dot.setAttribute("cx", on(x, near[0]));
      dot.setAttribute("cy", on(y, near[1]));
      cursor.setAttribute("visibility", "visible");
      const shown = near[1].toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
      out.textContent = `${shown} at step ${near[0]}`;
    });
    svg.addEventListener("pointerleave", () => {
      cursor.setAttribute("visibility", "hidden");
      out.textContent = last;
    });
  }
})();
