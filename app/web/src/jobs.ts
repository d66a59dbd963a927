/**
 * Keeps progress on a page current by the server's events; without it a reload does the same.
 * A page on which somebody types or listens is never reloaded under their hands.
 */

for (const place of document.querySelectorAll<HTMLElement>("[data-job]")) {
  const source = new EventSource(place.dataset.job ?? "");
  source.addEventListener("job", (event) => {
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
      if (busy()) offer(said, job.state);
      else location.reload();
    }
  });
}

/** Whether a reload would take something from whoever looks at the page. */
function busy(): boolean {
  const listening = Array.from(document.querySelectorAll("audio")).some((audio) => !audio.paused);
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("main input:not([type=hidden]), main textarea");
  return listening || Array.from(fields).some((field) => field.value !== field.defaultValue);
}

function offer(said: Element | null, state: string): void {
  if (!said) return;
  const link = document.createElement("a");
  link.href = location.pathname + location.search;
  link.textContent = "Show it";
  said.replaceChildren(`${state}. `, link);
}
