/** Where marked words begin in a text, without the white space around them. */

export interface Placed {
  exact: string;
  /** How many code points stand before the words. */
  start: number;
}

/** The words of a selection and their place, given all the text before it. */
export function placed(before: string, selected: string): Placed {
  const exact = selected.trim();
  const blank = selected.length - selected.trimStart().length;
  return { exact, start: [...before].length + [...selected.slice(0, blank)].length };
}
