/**
 * A tus 1.0 client, as small as our server's core: create, PATCH in pieces, ask where we
 * are after a fault and go on from there. Progress counts bytes the server has acknowledged
 * plus those on their way.
 */

export const VERSION = "1.0.0";
const PIECE = 16 * 1024 * 1024;
const PATIENCE = [500, 1_000, 2_000, 4_000, 8_000, 16_000];

export interface Task {
  file: File;
  endpoint: string;
  metadata: Record<string, string>;
  csrf: string;
  onProgress: (sent: number, total: number) => void;
  onTrouble: (attempt: number, waitMs: number) => void;
}

/** Spell tus `Upload-Metadata`: keys with base64 of the UTF-8 values. */
export function spellMetadata(values: Record<string, string>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== "")
    .map(([key, value]) => `${key} ${toBase64(value)}`)
    .join(",");
}

function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** What we read of an RFC 9457 problem; both digests where they are what differs. */
export interface Problem {
  type?: string;
  title?: string;
  detail?: string;
  declared?: string;
  computed?: string;
}

/** A refusal by the server, and the problem it gave. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly problem: Problem) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`);
  }
}

/** Upload a file and return the address of the finished upload; throws `Refusal`. */
export async function upload(task: Task): Promise<string> {
  const created = await fetch(task.endpoint, {
    method: "POST",
    headers: {
      "Tus-Resumable": VERSION,
      "Upload-Length": String(task.file.size),
      "Upload-Metadata": spellMetadata(task.metadata),
      "X-CSRF-Token": task.csrf,
    },
  });
  if (created.status !== 201) throw await refusalOf(created);
  const address = created.headers.get("Location");
  if (!address) throw new Refusal(created.status, { title: "The server named no upload." });
  let offset = 0;
  let attempt = 0;
  while (offset < task.file.size) {
    try {
      offset = await sendPiece(task, address, offset);
      attempt = 0;
    } catch (error) {
      if (error instanceof Refusal && error.status < 500 && ![409, 423, 460].includes(error.status)) throw error;
      if (error instanceof Refusal && isFinal(error)) throw error;
      const wait = PATIENCE[attempt];
      if (wait === undefined) throw error;
      task.onTrouble(attempt + 1, wait);
      attempt += 1;
      await new Promise((resume) => setTimeout(resume, wait));
      offset = await askOffset(task, address).catch(() => offset);
    }
  }
  return address;
}

/** A finished upload whose bytes differ from the declared digest is an outcome, not a fault. */
function isFinal(refusal: Refusal): boolean {
  return refusal.problem.type?.endsWith("digest-mismatch") ?? false;
}

async function refusalOf(response: Response): Promise<Refusal> {
  return new Refusal(response.status, await response.json().catch(() => ({})));
}

async function askOffset(task: Task, address: string): Promise<number> {
  const head = await fetch(address, { method: "HEAD", headers: { "Tus-Resumable": VERSION } });
  if (!head.ok) throw new Refusal(head.status, {});
  return Number(head.headers.get("Upload-Offset"));
}

function sendPiece(task: Task, address: string, offset: number): Promise<number> {
  const end = Math.min(offset + PIECE, task.file.size);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PATCH", address);
    request.setRequestHeader("Tus-Resumable", VERSION);
    request.setRequestHeader("Upload-Offset", String(offset));
    request.setRequestHeader("Content-Type", "application/offset+octet-stream");
    request.setRequestHeader("X-CSRF-Token", task.csrf);
    request.upload.onprogress = (event) => task.onProgress(offset + event.loaded, task.file.size);
    request.onerror = () => reject(new Error("The connection broke."));
    request.onload = () => {
      if (request.status === 204 || request.status === 200) {
        resolve(Number(request.getResponseHeader("Upload-Offset") ?? end));
        return;
      }
      let problem = {};
      try {
        problem = JSON.parse(request.responseText);
      } catch {
        // An answer without a body says no more than its status.
      }
      reject(new Refusal(request.status, problem));
    };
    request.send(task.file.slice(offset, end));
  });
}
