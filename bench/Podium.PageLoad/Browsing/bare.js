// The least that a chart of these points can cost: fetched, laid side by side and given to uPlot, in a page that has nothing else.
document.addEventListener("DOMContentLoaded", async () => {
  const answer = await (await fetch(benchSeries)).json();
  const all = Object.values(answer.series);
  const rows = new Map();
  all.forEach(({ steps, values }, i) =>
    steps.forEach((step, at) => {
      if (!rows.has(step)) rows.set(step, new Array(all.length));
      rows.get(step)[i] = values[at];
    }),
  );
  const steps = [...rows.keys()].sort((a, b) => a - b);
  const data = [steps, ...all.map((_, i) => steps.map((step) => rows.get(step)[i]))];
  const box = document.createElement("div");
  document.body.replaceChildren(box);
  requestAnimationFrame(() => {
    new uPlot({ width: 1216, height: 320, scales: { x: { time: false } }, series: [{}, ...all.map(() => ({ stroke: "#36c", spanGaps: true }))] }, data, box);
    bench.done();
  });
});
