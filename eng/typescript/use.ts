// How pages and scripts use the types; it is compiled and never run. A field that is renamed breaks it.
import type { components, paths } from "./podium";

type Status = components["schemas"]["JobStatusAnswer"];
type Listing = components["schemas"]["CheckpointListing"];
type Jobs = paths["/api/training/local/jobs"]["get"]["responses"]["200"]["content"]["application/json"];

async function get<T>(path: string, token: string): Promise<T> {
  const answer = await fetch(path, { headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) {
    const problem = (await answer.json()) as components["schemas"]["Problem"];
    throw new Error(problem.error);
  }

  return (await answer.json()) as T;
}

export async function bestOfAll(token: string): Promise<Map<string, string>> {
  const best = new Map<string, string>();
  for (const job of (await get<Jobs>("/api/training/local/jobs", token)).jobs) {
    const listing = await get<Listing>(`/api/training/checkpoints/${job.job_id}`, token);
    const chosen = listing.checkpoints.find((checkpoint) => checkpoint.is_best);
    const loss: number | null | undefined = chosen?.eval_loss;
    if (listing.best_checkpoint !== null && loss != null) best.set(job.job_id, `${listing.best_checkpoint} ${loss.toFixed(3)}`);
  }

  return best;
}

export async function whyThisOne(jobId: string, token: string): Promise<string[]> {
  const { checkpoints, explanation } = await get<Listing>(`/api/training/checkpoints/${jobId}?explain=true`, token);
  const reasons = checkpoints.find((checkpoint) => checkpoint.is_best)?.reasons ?? [];
  return [...reasons, ...(explanation?.trajectory.notes ?? [])].map((note) => note.message);
}

export const isOver = (job: Status): boolean => job.status === "completed" || job.status === "failed" || job.status === "cancelled";

export const report: components["schemas"]["ReportedMetrics"] = {
  job_id: "a",
  metrics: [{ step: 10, train_loss: 1.5, "rewards/accuracies": 0.7 }],
};
