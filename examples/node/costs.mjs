// Sends events to Podcasto Costs with nothing but fetch. Amounts are strings: a number would not be what was meant.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

const server = (process.env.PODCASTO_COSTS_SERVER ?? "http://localhost:5000").replace(/\/$/, "");
const key = process.env.PODCASTO_COSTS_KEY;
const batch = 1000; // the server takes up to 10,000 in an array

/** An event with its id, which is made once: whatever is sent again under it counts once. */
const event = (event_type, service, quantity, unit, more = {}) => ({ id: randomUUID(), event_type, service, quantity: String(quantity), unit, ...more });

/** Asks the server, and again while it is busy or away; throws with the reason when it refuses. */
async function call(method, path, body, patience = 120_000) {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json", Prefer: "return=minimal" };
  const deadline = Date.now() + patience;
  for (let attempt = 0; ; attempt++) {
    let asked = 0;
    try {
      const response = await fetch(server + path, { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(60_000) });
      if (response.ok) return await response.json();
      const reason = await response.text(); // the problem: detail, and errors by JSON pointer
      if (![429, 500, 502, 503, 504].includes(response.status) || Date.now() > deadline)
        throw Object.assign(new Error(`${response.status}: ${reason}`), { refused: true });
      asked = 1000 * (Number.parseInt(response.headers.get("retry-after"), 10) || 0);
    } catch (error) {
      // Refused, reset or timed out: nobody knows whether it was stored, and the ids make that harmless.
      if (error.refused || Date.now() > deadline) throw error;
    }
    await pause(Math.max(asked, Math.random() * Math.min(10_000, 250 * 2 ** Math.min(attempt, 6))));
  }
}

/** Sends events in batches; returns how many were new. */
async function send(events) {
  let accepted = 0;
  for (let start = 0; start < events.length; start += batch)
    accepted += (await call("POST", "/api/v1/events", events.slice(start, start + batch))).accepted;
  return accepted;
}

const episode_id = process.env.EPISODE || randomUUID();
const used = [
  event("ai_api_call", "gemini_tts", 8040, "tokens", {
    episode_id,
    metadata: { model: "gemini-2.5-flash-tts", input_tokens: 440, output_tokens: 7600 },
  }),
  event("s3_operation", "s3_put", 1, "requests", { episode_id, metadata: { file_size_mb: 17.867 } }),
  ...Array.from({ length: 1500 }, () => event("ses_email", "ses", 1, "emails", { episode_id, unit_cost_usd: "0.0001" })),
];
console.log(`${await send(used)} new`);
console.log(`${await send(used)} new when all is sent once more`);
console.log((await call("GET", `/api/v1/episodes/${episode_id}/costs`)).total_cost_usd, "US dollars");
