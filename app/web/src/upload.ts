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
  const progress = form.querySelector<HTMLElement>("[data-progress]");
  const bar = form.querySelector<HTMLProgressElement>("progress");
  const said = form.querySelector<HTMLElement>("[data-said]");
  const refused = form.querySelector<HTMLElement>("[data-refused]");
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  const value = (name: string) =>
    (form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null)?.value.trim() ?? "";
  if (!progress || !bar || !said || !refused || !button) return;
  button.disabled = true;
  refused.hidden = true;
  progress.hidden = false;
  const stay = (event: BeforeUnloadEvent) => event.preventDefault();
  addEventListener("beforeunload", stay);
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
        said.textContent =
          sent < total
            ? tell(sent, total, (performance.now() - started) / 1000)
            : "All sent. Waiting for the digest and the receipt…";
      },
      onTrouble: (attempt, wait) => {
        said.textContent = `The connection broke. Trying again in ${wait / 1000} s (attempt ${attempt}); nothing sent is lost.`;
      },
    });
    said.textContent = "Received. Opening the recording…";
    removeEventListener("beforeunload", stay);
    location.assign(form.dataset.then ?? "/");
  } catch (error) {
    removeEventListener("beforeunload", stay);
    progress.hidden = true;
    button.disabled = false;
    refused.replaceChildren(...(error instanceof Refusal ? explained(error) : [paragraph("The upload could not be finished. Please try again.")]));
    refused.hidden = false;
  }
}

/** A refusal in words, and where digests differ, both of them. */
function explained(refusal: Refusal): HTMLElement[] {
  const sentence = refusal.message.charAt(0).toUpperCase() + refusal.message.slice(1);
  const { declared, computed } = refusal.problem;
  if (!declared || !computed) return [paragraph(`${sentence}.`)];
  const list = document.createElement("dl");
  list.className = "facts small";
  for (const [name, digest] of [["Declared", declared], ["Received", computed]] as const) {
    const term = document.createElement("dt");
    const value = document.createElement("dd");
    value.className = "digest";
    term.textContent = name;
    value.textContent = digest;
    list.append(term, value);
  }
  return [paragraph(`${sentence}.`), list];
}

function paragraph(text: string): HTMLElement {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

/** `12.5 of 80.0 MiB, 3.1 MiB/s, 22 s left` */
function tell(sent: number, total: number, seconds: number): string {
  const mib = (bytes: number) => (bytes / 1048576).toFixed(1);
  const rate = sent / Math.max(seconds, 0.1);
  const left = Math.ceil((total - sent) / Math.max(rate, 1));
  return `${mib(sent)} of ${mib(total)} MiB, ${mib(rate)} MiB/s, ${left} s left`;
}
