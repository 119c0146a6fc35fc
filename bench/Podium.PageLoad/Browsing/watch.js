// Runs before anything of a page: notes when its first chart has drawn all, what held the page up, and how long its frames take.
(() => {
  const bench = (window.bench = { usable: null, longTasks: [], frames: [], isRecording: false });
  new PerformanceObserver((list) => bench.longTasks.push(...list.getEntries().map((task) => task.duration))).observe({ type: "longtask", buffered: true });

  // A message is handled after the frame in which it was sent is on the screen.
  bench.done = () => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => (bench.usable = performance.now());
    channel.port2.postMessage(null);
  };
  const watcher = new MutationObserver(() => {
    const chart = document.querySelector("loss-chart");
    if (!chart || chart.hasAttribute("aria-busy") || !chart.querySelector(".uplot canvas")) return;
    watcher.disconnect();
    bench.done();
  });
  watcher.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-busy"] });

  bench.record = () => {
    Object.assign(bench, { frames: [], longTasks: [], isRecording: true });
    let before = performance.now();
    const next = () => {
      const now = performance.now();
      bench.frames.push(now - before);
      before = now;
      if (bench.isRecording) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  };
  bench.stop = () => {
    bench.isRecording = false;
    return { frames: bench.frames.slice(1), long_tasks: bench.longTasks };
  };

  bench.figures = () => {
    const [page] = performance.getEntriesByType("navigation");
    const resources = performance.getEntriesByType("resource");
    const series = resources.filter((one) => one.name.includes("/metrics?"));
    const script = resources.find((one) => one.name.includes(".js"));
    return {
      first_byte: page.responseStart - page.requestStart,
      html: page.responseEnd - page.requestStart,
      painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null,
      script: script?.responseEnd ?? null,
      asked: series[0]?.startTime ?? null,
      answered: series[0]?.responseEnd ?? null,
      usable: bench.usable,
      bytes: page.transferSize + resources.reduce((sum, one) => sum + one.transferSize, 0),
      series_url: series[0]?.name ?? null,
      series_bytes: series[0]?.transferSize ?? null,
      long_task: Math.max(0, ...bench.longTasks),
    };
  };
})();
