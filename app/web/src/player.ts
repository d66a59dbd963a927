/**
 * The player: a waveform from peaks the server measured (the browser never decodes a long
 * file), the word being spoken marked in the transcript, any word or quote clickable.
 * Without this script the page still has the browser's own audio control.
 */

import WaveSurfer from "wavesurfer.js";

import { fragmentOf, spokenAt, type Timed } from "./words";

const audio = document.querySelector<HTMLAudioElement>("audio[data-player]");
if (audio) void start(audio);

async function start(audio: HTMLAudioElement): Promise<void> {
  const words = Array.from(document.querySelectorAll<HTMLElement>("[data-start]"), (element) => ({
    element,
    start: Number(element.dataset.start),
    end: Number(element.dataset.end),
  })).sort((one, other) => one.start - other.start);

  let stopAt: number | null = null;
  const play = (span: Timed) => {
    audio.currentTime = span.start / 1000;
    stopAt = span.end > span.start ? span.end : null;
    void audio.play();
  };

  let current: HTMLElement | null = null;
  const follow = () => {
    const ms = audio.currentTime * 1000;
    if (stopAt !== null && ms >= stopAt) {
      stopAt = null;
      audio.pause();
    }
    const index = spokenAt(words, ms);
    const element = words[index]?.element ?? null;
    if (element !== current) {
      current?.classList.remove("now");
      element?.classList.add("now");
      current = element;
    }
    if (!audio.paused) requestAnimationFrame(follow);
  };
  audio.addEventListener("play", follow);
  audio.addEventListener("seeked", follow);

  document.addEventListener("click", (event) => {
    const target = (event.target as HTMLElement).closest<HTMLElement>("[data-start]");
    const link = (event.target as HTMLElement).closest<HTMLElement>("[data-play]");
    if (link?.dataset.play) {
      const span = fragmentOf(link.dataset.play);
      if (span) {
        event.preventDefault();
        play(span);
      }
    } else if (target) {
      audio.currentTime = Number(target.dataset.start) / 1000;
    }
  });
  document.addEventListener("keydown", (event) => keyed(event, audio));

  await draw(audio);
  const cue = fragmentOf(location.hash);
  if (cue) audio.currentTime = cue.start / 1000; // cued, never playing by itself
  document.body.dataset.ready = "1";
}

/** Space plays and pauses, arrows step by 2 s, `<` and `>` change speed; not while typing. */
function keyed(event: KeyboardEvent, audio: HTMLAudioElement): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, textarea, select, button, a, audio, summary")) return;
  if (event.key === " ") {
    event.preventDefault();
    void (audio.paused ? audio.play() : audio.pause());
  } else if (event.key === "ArrowLeft") audio.currentTime -= 2;
  else if (event.key === "ArrowRight") audio.currentTime += 2;
  else if (event.key === "<") audio.playbackRate = Math.max(0.25, audio.playbackRate - 0.25);
  else if (event.key === ">") audio.playbackRate = Math.min(3, audio.playbackRate + 0.25);
}

async function draw(audio: HTMLAudioElement): Promise<void> {
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
