/**
 * Listening to one party of a call: one channel of the listening copy on both ears, or both
 * as they are. Nothing goes through the Web Audio graph until somebody chooses.
 */

/** Let the page's channel control, if there is one, decide what of the audio element is heard. */
export function choose(audio: HTMLAudioElement): void {
  const control = document.querySelector<HTMLSelectElement>("[data-channels]");
  const box = control?.closest<HTMLElement>("[hidden]");
  if (!control || !box) return;
  box.hidden = false;
  let hear: ((channel: string) => void) | null = null;
  control.addEventListener("change", () => {
    hear ??= graph(audio);
    hear(control.value);
  });
}

/** Route the element through a splitter; the function given back connects what should be heard. */
function graph(audio: HTMLAudioElement): (channel: string) => void {
  const context = new AudioContext();
  const source = context.createMediaElementSource(audio);
  const splitter = context.createChannelSplitter(2);
  const alone = context.createGain();
  alone.channelCount = 1;
  alone.channelCountMode = "explicit";
  alone.connect(context.destination);
  return (channel) => {
    source.disconnect();
    splitter.disconnect();
    if (channel === "both") {
      source.connect(context.destination);
    } else {
      source.connect(splitter);
      splitter.connect(alone, Number(channel));
    }
    document.body.dataset.channel = channel;
    void context.resume();
  };
}
