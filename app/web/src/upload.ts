/**
 * Makes the upload form resumable and shows progress. Without this script the form still
 * works: it posts the file in one piece.
 */

import { Refusal, upload } from "./tus";

const form = document.querySelector<HTMLFormElement>("form[data-upload]");

if (form) {
  form.addEventListener("submit", (event) => {
    const file = form.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
    if (!file) return;
    event.preventDefault();
    void send(form, file);
  });
}

async function send(form: HTMLFormElement, file: File): Promise<void> {
  const bar = form.querySelector<HTMLProgressElement>("progress");
  const said = form.querySelector<HTMLElement>("[data-said]");
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  const value = (name: string) =>
    (form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null)?.value.trim() ?? "";
  if (!bar || !said || !button) return;
  button.disabled = true;
  bar.hidden = false;
  const started = performance.now();
  try {
    await upload({
      file,
      endpoint: form.dataset.upload ?? "",
      csrf: value("csrf"),
      metadata: {
        filename: file.name,
        recording_id: form.dataset.recording ?? "",
        declared_digest: value("declared_digest"),
        declared_by: value("declared_by"),
        generation: value("generation"),
      },
      onProgress: (sent, total) => {
        bar.max = total;
        bar.value = sent;
        said.textContent = tell(sent, total, (performance.now() - started) / 1000);
      },
      onTrouble: (attempt, wait) => {
        said.textContent = `The connection broke. Trying again in ${wait / 1000} s (attempt ${attempt}); nothing sent is lost.`;
      },
    });
    said.textContent = "Received. Opening the recording…";
    location.assign(form.dataset.then ?? "/");
  } catch (error) {
    bar.hidden = true;
    button.disabled = false;
    said.textContent = error instanceof Refusal ? error.message : "The upload could not be finished. Please try again.";
    said.setAttribute("role", "alert");
  }
}

/** `12.5 of 80.0 MiB, 3.1 MiB/s, 22 s left` */
function tell(sent: number, total: number, seconds: number): string {
  const mib = (bytes: number) => (bytes / 1048576).toFixed(1);
  const rate = sent / Math.max(seconds, 0.1);
  const left = Math.ceil((total - sent) / Math.max(rate, 1));
  return `${mib(sent)} of ${mib(total)} MiB, ${mib(rate)} MiB/s, ${left} s left`;
}
