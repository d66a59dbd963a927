/**
 * The player: the word being spoken is marked in the transcript, any word or quote can be
 * clicked, and a review says which places were really played to their end. Without this
 * script the page still has the browser's own audio control.
 */

import { choose } from "./channels";
import { follow as followSpectrogram } from "./spectrogram";
import { draw } from "./waveform";
import { fragmentOf, spokenAt, timecode, type Timed } from "./words";

const STEP_S = 2;
const RATE_STEP = 0.25;

async function start(audio: HTMLAudioElement): Promise<void> {
  const words = Array.from(document.querySelectorAll<HTMLElement>(".word[data-start]"), (element) => ({
    element,
    start: Number(element.dataset.start),
    end: Number(element.dataset.end),
  })).sort((one, other) => one.start - other.start);

  const places = new Places(audio);
  let current: HTMLElement | null = null;
  const follow = () => {
    const ms = audio.currentTime * 1000;
    places.reached(ms);
    const element = words[spokenAt(words, ms)]?.element ?? null;
    if (element !== current) {
      current?.classList.remove("now");
      element?.classList.add("now");
      current = element;
    }
    if (!audio.paused) requestAnimationFrame(follow);
  };
  audio.addEventListener("play", follow);
  audio.addEventListener("seeked", follow);
  audio.addEventListener("ended", follow);

  document.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const button = target.closest<HTMLElement>("[data-play]");
    const word = target.closest<HTMLElement>(".word[data-start]");
    if (button?.dataset.play) places.play(button.dataset.play);
    else if (word) {
      places.letGo();
      audio.currentTime = Number(word.dataset.start) / 1000;
    }
  });
  document.addEventListener("keydown", (event) => keyed(event, audio));

  choose(audio);
  followSpectrogram(audio);
  await draw(audio);
  const cue = () => places.cue(location.hash);
  addEventListener("hashchange", cue);
  cue();
  document.body.dataset.ready = "1";
}

/** The place being played, if it is one that was asked for, and which were heard to the end. */
class Places {
  private now: { name: string; span: Timed } | null = null;

  constructor(private readonly audio: HTMLAudioElement) {
    for (const list of document.querySelectorAll("[data-heard]")) list.removeAttribute("hidden");
  }

  /** Play a place from its beginning, and stop at its end; again, to stop it. */
  play(name: string): void {
    const span = fragmentOf(name);
    if (!span) return;
    if (this.now?.name === name && !this.audio.paused) {
      this.audio.pause();
      this.letGo();
      return;
    }
    this.take(name, span);
    void this.audio.play();
  }

  /** Stand at the place an address names (`#t=12.5,17`), without playing it. */
  cue(hash: string): void {
    const span = fragmentOf(hash);
    if (!span) return;
    this.take(hash.slice(1), span);
    const until = span.end > span.start ? `–${timecode(span.end)}` : "";
    say(`Cued at ${timecode(span.start)}${until}. Space plays it.`);
  }

  /** Nothing in particular is being played. */
  letGo(): void {
    this.mark(false);
    this.now = null;
  }

  /** Tell where the sound is: at the end of a place it stops, and the place was heard. */
  reached(ms: number): void {
    if (!this.now || this.now.span.end <= this.now.span.start) return;
    const { name, span } = this.now;
    if (ms < span.start - 50) {
      this.letGo(); // somebody went elsewhere
    } else if (ms >= span.end || this.audio.ended) {
      this.audio.pause();
      this.letGo();
      for (const item of document.querySelectorAll<HTMLElement>("[data-place]")) {
        if (item.dataset.place === name) heard(item);
      }
    }
  }

  private take(name: string, span: Timed): void {
    this.letGo();
    this.now = { name, span };
    this.audio.currentTime = span.start / 1000;
    this.mark(true);
  }

  private mark(isPlaying: boolean): void {
    for (const button of document.querySelectorAll<HTMLElement>("[data-play]")) {
      if (button.dataset.play !== this.now?.name) continue;
      button.classList.toggle("playing", isPlaying);
      const sign = button.querySelector(".sound");
      if (sign) sign.textContent = isPlaying ? "■" : "▶";
    }
  }
}

function heard(item: HTMLElement): void {
  const sign = item.querySelector(".sign");
  sign?.classList.add("good");
  const [mark, words] = Array.from(sign?.children ?? []);
  if (mark) mark.textContent = "✓";
  if (words) words.textContent = "played to its end";
}

function say(text: string): void {
  const place = document.querySelector<HTMLElement>("[data-cue]");
  if (!place) return;
  place.hidden = false;
  place.textContent = text;
}

/** Space plays and pauses, arrows step by 2 s, `<` and `>` change speed; not while typing. */
function keyed(event: KeyboardEvent, audio: HTMLAudioElement): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, textarea, select, button, a, audio, summary")) return;
  if (event.key === " ") void (audio.paused ? audio.play() : audio.pause());
  else if (event.key === "ArrowLeft") audio.currentTime -= STEP_S;
  else if (event.key === "ArrowRight") audio.currentTime += STEP_S;
  else if (event.key === "<") faster(audio, -RATE_STEP);
  else if (event.key === ">") faster(audio, RATE_STEP);
  else return;
  event.preventDefault();
}

function faster(audio: HTMLAudioElement, step: number): void {
  audio.playbackRate = Math.min(3, Math.max(RATE_STEP, audio.playbackRate + step));
  say(`Speed ${audio.playbackRate}×`);
}

// Last, because a class can be used only after its line.
const found = document.querySelector<HTMLAudioElement>("audio[data-player]");
if (found) void start(found);
