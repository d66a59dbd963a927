/**
 * The spectrogram under the waveform: some seconds of it at a time, turned over like a page
 * as the sound goes on. It is read a minute at a time (one range of bytes), and only once
 * somebody opens it: every reading is recorded in the custody log.
 */

import { timecode } from "./words";

/** How the file is laid out, as its record says (see `transcription/spectrogram.py`). */
export interface Layout {
  columns: number;
  bands: number;
  tileColumns: number;
  headerBytes: number;
  columnMs: number;
}

/** The minute that holds a moment: its number, and the bytes it takes in the file (both ends included). */
export function tileAt(ms: number, layout: Layout): { number: number; first: number; last: number } {
  const last = Math.max(0, layout.columns - 1);
  const column = Math.min(last, Math.max(0, Math.floor(ms / layout.columnMs)));
  const number = Math.floor(column / layout.tileColumns);
  const begin = number * layout.tileColumns;
  const end = Math.min(layout.columns, begin + layout.tileColumns);
  return { number, first: layout.headerBytes + begin * layout.bands, last: layout.headerBytes + end * layout.bands - 1 };
}

/** How strongly a level is drawn, 0 to 1: what lies under -75 dB not at all, from -20 dB on fully. */
export function strength(level: number): number {
  const [faintest, fullest] = [0.25 * 255, 0.8 * 255];
  return Math.min(1, Math.max(0, (level - faintest) / (fullest - faintest)));
}

const PAGE_MS = 20_000;
const PHONE_PAGE_MS = 10_000; // both go evenly into a minute, so a page lies within one tile
const PHONE_PX = 640;

/** Show the spectrogram of the page, if it has one, following the audio element. */
export function follow(audio: HTMLAudioElement): void {
  const place = document.querySelector<HTMLDetailsElement>("[data-spectrogram]");
  if (!place) return;
  place.hidden = false;
  const picture = new Picture(place, audio);
  const show = () => void picture.show();
  place.addEventListener("toggle", show);
  for (const name of ["timeupdate", "seeked", "play"]) audio.addEventListener(name, show);
  addEventListener("resize", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => void picture.show(true));
}

class Picture {
  private readonly canvas: HTMLCanvasElement;
  private readonly head: HTMLElement;
  private readonly caption: HTMLElement;
  private readonly layout: Layout;
  private readonly tiles = new Map<number, Promise<Uint8Array>>();
  private drawn = "";

  constructor(private readonly place: HTMLDetailsElement, private readonly audio: HTMLAudioElement) {
    const part = <T extends HTMLElement>(name: string) => place.querySelector<T>(name) as T;
    this.canvas = part<HTMLCanvasElement>("canvas");
    this.head = part(".at");
    this.caption = part("[data-span]");
    const said = (name: string) => Number(place.dataset[name]);
    this.layout = {
      columns: said("columns"),
      bands: said("bands"),
      tileColumns: said("tileColumns"),
      headerBytes: said("headerBytes"),
      columnMs: said("columnMs"),
    };
    this.canvas.addEventListener("click", (event) => {
      const { from, long } = this.page();
      audio.currentTime = (from + (event.offsetX / this.canvas.clientWidth) * long) / 1000;
    });
  }

  /** Draw the page that holds the moment being heard, unless it stands there already. */
  async show(anew = false): Promise<void> {
    if (!this.place.open) return;
    const { from, long } = this.page();
    this.head.style.left = `${((this.audio.currentTime * 1000 - from) / long) * 100}%`;
    const wanted = `${from} ${long}`;
    if (wanted === this.drawn && !anew) return;
    this.drawn = wanted;
    const { number } = tileAt(from, this.layout);
    try {
      const tile = await this.tile(number, from);
      if (this.drawn === wanted) this.draw(tile, from, long);
    } catch {
      this.tiles.delete(number);
      this.drawn = "";
      this.caption.textContent = "The spectrogram could not be read.";
    }
  }

  private page(): { from: number; long: number } {
    const long = innerWidth < PHONE_PX ? PHONE_PAGE_MS : PAGE_MS;
    return { from: Math.floor((this.audio.currentTime * 1000) / long) * long, long };
  }

  private tile(number: number, ms: number): Promise<Uint8Array> {
    const known = this.tiles.get(number);
    if (known) return known;
    const { first, last } = tileAt(ms, this.layout);
    const read = fetch(this.place.dataset.spectrogram ?? "", { headers: { Range: `bytes=${first}-${last}` } }).then(
      async (answer) => {
        if (answer.status !== 206) throw new Error(String(answer.status));
        return new Uint8Array(await answer.arrayBuffer());
      },
    );
    this.tiles.set(number, read);
    return read;
  }

  private draw(tile: Uint8Array, from: number, long: number): void {
    const { bands, columnMs, tileColumns } = this.layout;
    const width = long / columnMs;
    const begin = (from / columnMs) % tileColumns;
    const image = new ImageData(width, bands);
    const ink = this.ink();
    for (let column = 0; column < width; column += 1) {
      for (let band = 0; band < bands; band += 1) {
        const level = tile[(begin + column) * bands + band] ?? 0;
        const at = ((bands - 1 - band) * width + column) * 4;
        image.data.set(ink, at);
        image.data[at + 3] = Math.round(strength(level) * 255);
      }
    }
    this.canvas.width = width;
    this.canvas.height = bands;
    this.canvas.getContext("2d")?.putImageData(image, 0, 0);
    const end = Math.min(from + long, this.layout.columns * columnMs);
    this.caption.textContent = `${timecode(from)} to ${timecode(end)}, up to ${this.place.dataset.highest} Hz`;
  }

  /** The colour of text, which stands out from the card in either theme. */
  private ink(): number[] {
    return (getComputedStyle(this.canvas).color.match(/\d+/g) ?? ["0", "0", "0"]).slice(0, 3).map(Number);
  }
}
