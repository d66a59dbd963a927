/** Keeps progress on a page current by the server's events; without it a reload does the same. */

for (const place of document.querySelectorAll<HTMLElement>("[data-job]")) {
  const source = new EventSource(place.dataset.job ?? "");
  source.addEventListener("progress", (event) => {
    const job = JSON.parse((event as MessageEvent<string>).data) as {
      state: string;
      stage: string | null;
      done: number;
      total: number;
    };
    const bar = place.querySelector("progress");
    if (bar) {
      bar.max = job.total || 1;
      bar.value = job.done;
    }
    const said = place.querySelector("[data-said]");
    if (said) said.textContent = job.stage ? `${job.state}: ${job.stage}` : job.state;
    if (["succeeded", "failed", "cancelled"].includes(job.state)) {
      source.close();
      location.reload();
    }
  });
}
