import { type SeriesAnswer, SeriesRequests } from "./requests";

/** Why a chart has no points, in words for people. */
export class LoadFailure extends Error {
  /** @param kind whether it passes by itself, or somebody must sign in. */
  constructor(message: string, readonly kind: "passing" | "signed out" | "lasting") {
    super(message);
  }
}

async function load(url: string, signal: AbortSignal): Promise<SeriesAnswer> {
  let response: Response;
  try {
    response = await fetch(url, { signal, headers: { accept: "application/json" } });
  } catch (failure) {
    if (signal.aborted) throw failure;
    throw new LoadFailure("The server does not answer.", "passing");
  }
  if (response.status === 401) throw new LoadFailure("You are signed out. Sign in again to see the chart.", "signed out");
  if (!response.ok) throw new LoadFailure(await reasonOf(response), response.status >= 500 || response.status === 429 ? "passing" : "lasting");
  return (await response.json()) as SeriesAnswer;
}

async function reasonOf(response: Response): Promise<string> {
  const what = `The server answered ${response.status}.`;
  if (!response.headers.get("content-type")?.includes("json")) return what;
  try {
    const problem = (await response.json()) as { detail?: string; error?: string; title?: string };
    return problem.detail ?? problem.error ?? problem.title ?? what;
  } catch {
    return what;
  }
}

/** What all charts of the page ask through. */
export const seriesRequests = new SeriesRequests(load);
