/** What fingers, the wheel and a drag with the shift key can do with a chart; all places are shares of its width. */
export interface GestureActions {
  point(share: number): void;
  /** Shows less or more around a place. */
  zoomAt(factor: number, share: number): void;
  pan(share: number): void;
}

/** Follows fingers, the wheel and the mouse over the plotting area. What uPlot does with the mouse stays its own. */
export function listenToGestures(over: HTMLElement, actions: GestureActions): void {
  const down = new Map<number, number>();
  const shareOf = (x: number): number => {
    const box = over.getBoundingClientRect();
    return Math.min(Math.max((x - box.left) / box.width, 0), 1);
  };
  const isOurs = (event: PointerEvent): boolean => event.pointerType === "touch" || (event.button === 0 && event.shiftKey);

  over.addEventListener("pointerdown", (event) => {
    if (!isOurs(event)) return;
    down.set(event.pointerId, event.clientX);
    over.setPointerCapture(event.pointerId);
    if (event.pointerType === "touch" && down.size === 1) actions.point(shareOf(event.clientX));
  });
  over.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (before === undefined) return;
    down.set(event.pointerId, event.clientX);
    if (event.pointerType !== "touch") actions.pan((before - event.clientX) / over.clientWidth);
    else if (down.size === 1) actions.point(shareOf(event.clientX));
    else {
      const other = [...down].find(([id]) => id !== event.pointerId)![1];
      const [was, is] = [Math.abs(before - other), Math.abs(event.clientX - other)];
      if (was > 10 && is > 10) actions.zoomAt(was / is, shareOf((event.clientX + other) / 2));
    }
  });
  for (const end of ["pointerup", "pointercancel"] as const) over.addEventListener(end, (event) => void down.delete(event.pointerId));

  over.addEventListener("wheel", (event) => {
    // The wheel alone scrolls the page.
    if (event.ctrlKey) actions.zoomAt(Math.exp(Math.max(-50, Math.min(50, event.deltaY)) / 100), shareOf(event.clientX));
    else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) actions.pan(event.deltaX / over.clientWidth);
    else return;
    event.preventDefault();
  }, { passive: false });
}
