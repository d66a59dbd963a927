/**
 * Listening blind: keys that play while the hands stay in the text. The page works without this;
 * then the browser's own control is all there is.
 */

const BACK_S = 2;

const audio = document.querySelector<HTMLAudioElement>("audio[data-window]");
const text = document.querySelector<HTMLTextAreaElement>("#text");
const told = document.querySelector<HTMLElement>("[data-keys]");
const unsure = document.querySelector<HTMLInputElement>("input[name=could_not_tell]");

if (audio && text && told) {
  told.hidden = false;
  text.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (audio.paused) void audio.play();
      else audio.pause();
    } else if (event.key === "F2") {
      audio.currentTime = Math.max(0, audio.currentTime - BACK_S);
    } else return;
    event.preventDefault();
  });
  document.body.dataset.ready = "1";
}

// What was typed is not thrown away: it only cannot be filed as "could not tell" as well.
if (text && unsure) {
  const settle = () => text.toggleAttribute("disabled", unsure.checked);
  unsure.addEventListener("change", settle);
  settle();
}

export {};
