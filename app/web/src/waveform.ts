/**
 * The waveform: drawn from peaks the server measured, so that the browser never decodes a
 * long file, and held by keyboard and screen reader as a slider in seconds.
 */

import WaveSurfer from "wavesurfer.js";

/** Draw the waveform of the page, if it has one, over the audio element. */
export async function draw(audio: HTMLAudioElement): Promise<void> {
  const place = document.querySelector<HTMLElement>("[data-peaks]");
  if (!place) return;
  const answer = await fetch(place.dataset.peaks ?? "");
  if (!answer.ok) return;
  const heights = new Int8Array(await answer.arrayBuffer());
  const style = getComputedStyle(document.documentElement);
  WaveSurfer.create({
    container: place,
    media: audio,
    peaks: [Float32Array.from(heights, (height) => height / 127)],
    duration: Number(place.dataset.duration) / 1000,
    height: 72,
    cspNonce: document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content,
    normalize: true,
    waveColor: style.getPropertyValue("--soft").trim(),
    progressColor: style.getPropertyValue("--accent").trim(),
    cursorColor: style.getPropertyValue("--ink").trim(),
  });
  slider(place, audio);
}

/** The waveform as something a keyboard and a screen reader can hold: a slider in seconds. */
function slider(place: HTMLElement, audio: HTMLAudioElement): void {
  const seconds = Number(place.dataset.duration) / 1000;
  place.tabIndex = 0;
  place.setAttribute("role", "slider");
  place.setAttribute("aria-label", "Position in the recording");
  place.setAttribute("aria-valuemin", "0");
  place.setAttribute("aria-valuemax", seconds.toFixed(1));
  const tell = () => {
    place.setAttribute("aria-valuenow", audio.currentTime.toFixed(1));
    place.setAttribute("aria-valuetext", `${audio.currentTime.toFixed(1)} of ${seconds.toFixed(1)} seconds`);
  };
  audio.addEventListener("timeupdate", tell);
  tell();
  place.addEventListener("keydown", (event) => {
    const steps: Record<string, number> = { PageUp: 10, PageDown: -10, ArrowUp: 1, ArrowDown: -1 };
    const step = steps[event.key];
    if (event.key === "Home") audio.currentTime = 0;
    else if (event.key === "End") audio.currentTime = seconds;
    else if (step !== undefined) audio.currentTime += step;
    else return;
    event.preventDefault();
  });
}
