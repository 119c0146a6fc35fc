/** What keys can do with a chart. */
export interface KeyActions {
  /** Moves the cursor by so many points; infinite: to an end. */
  move(by: number): void;
  /** Shows less or more of the steps around the cursor. */
  zoom(factor: number): void;
  /** Moves what is visible, by a share of it. */
  pan(share: number): void;
  reset(): void;
}

/** Lets a chart that has the focus be read and zoomed by keys. */
export function listenToKeys(element: HTMLElement, actions: KeyActions): void {
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actionOf(event, actions);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function actionOf({ key, shiftKey }: KeyboardEvent, actions: KeyActions): (() => void) | null {
  switch (key) {
    case "ArrowLeft": return () => actions.move(shiftKey ? -10 : -1);
    case "ArrowRight": return () => actions.move(shiftKey ? 10 : 1);
    case "Home": return () => actions.move(-Infinity);
    case "End": return () => actions.move(Infinity);
    case "PageUp": return () => actions.pan(-0.5);
    case "PageDown": return () => actions.pan(0.5);
    case "+": case "=": return () => actions.zoom(0.5);
    case "-": return () => actions.zoom(2);
    case "0": case "Escape": return () => actions.reset();
    default: return null;
  }
}
